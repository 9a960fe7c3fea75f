using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Verification;

/// <summary>Looks for the digests that records and the journal's head name. One that is named and is not here was taken away.</summary>
/// <threadsafety>For one thread.</threadsafety>
/// <param name="survey">What is here.</param>
/// <param name="layout">Where digests lie that were written since.</param>
/// <param name="digests">The digests that could be read.</param>
/// <param name="options">From when on and until when digests were read.</param>
/// <param name="findings">Takes what is wrong.</param>
internal sealed class NamedDigests(
    TrailSurvey survey, TrailLayout layout, IReadOnlyCollection<SignedDigest> digests, AuditVerificationOptions options, Findings findings)
{
    // Enough to report each digest once. A trail that names more that are not here is reported on more often.
    private const int MaxReported = 10_000;

    private readonly Dictionary<string, SignedDigest> _byKey = digests.ToDictionary(static digest => digest.File.Key, StringComparer.Ordinal);
    private readonly HashSet<string> _hashes = [.. digests.Select(static digest => digest.Content.Hash)];
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    /// <summary>Checks what a record says.</summary>
    internal void Check(DigestAnchor named, string place, long sequence)
    {
        if (_byKey.TryGetValue(named.Key, out SignedDigest? digest))
        {
            if (digest.Content.Hash != named.Hash)
            {
                Report(AuditFindingKind.Changed, named.Key, $"Its content does not have the hash that record {sequence} in {place} says it has.", sequence);
            }
            else if (digest.Signature is not null && digest.Signature != named.Signature)
            {
                Report(AuditFindingKind.Changed, named.Key + TrailLayout.SignatureSuffix, $"It is not the signature that record {sequence} in {place} says the digest has.", sequence);
            }
        }
        else if (!survey.Files.ContainsKey(named.Key) && !MayBeGone(named.Key))
        {
            Report(AuditFindingKind.Removed, named.Key, $"Record {sequence} in {place} follows on it, but it is not here.", sequence);
        }
    }

    /// <summary>Checks what the journal's head says.</summary>
    /// <param name="named">The hash of the newest digest.</param>
    /// <param name="place">The head.</param>
    internal void CheckHead(RecordHash named, string place)
    {
        // It is the newest, so it was read unless all digests are older than what is asked for.
        if (!_hashes.Contains(named.ToString()) && (digests.Count > 0 || options.From is null))
        {
            findings.Add(AuditFindingKind.Removed, AuditFindingSubject.Digest, place, $"It names a digest with the hash {named} as the newest one, but that digest is not here.");
        }
    }

    // The oldest digests go when they have been kept for long enough, and then the oldest one that is left follows on one that is not here. A new
    // one may have been written since digests were looked for.
    private bool MayBeGone(string key)
    {
        if (!TrailPath.TryParse(key, string.Empty, out TrailPath? gone))
        {
            return false;
        }

        SignedDigest? oldest = digests.Where(digest => digest.File.Series == gone.Series).MinBy(static digest => digest.File.Time);
        return gone.Time <= options.From
            || gone.Time >= options.To
            || (TrailLayout.TryParse(key, out _) && File.Exists(layout.PathOf(key)))
            || (oldest is { Content.PreviousObject: not null } && gone.Time <= oldest.Content.StartTime);
    }

    private void Report(AuditFindingKind kind, string place, FormattableString message, long sequence)
    {
        if (_reported.Count == MaxReported || _reported.Add(place))
        {
            findings.Add(kind, AuditFindingSubject.Digest, place, message, sequence);
        }
    }
}
