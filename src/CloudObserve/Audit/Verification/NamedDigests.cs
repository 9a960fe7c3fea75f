using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Verification;

/// <summary>Checks the digests that records and the journal's head name.</summary>
/// <remarks>A named digest that does not exist was removed.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
/// <param name="survey">The files of the directory.</param>
/// <param name="layout">The paths of the trail, for digests that were written since.</param>
/// <param name="digests">The readable digests.</param>
/// <param name="options">The time range for which digests were read.</param>
/// <param name="findings">Receives findings.</param>
internal sealed class NamedDigests(
    TrailSurvey survey, TrailLayout layout, IReadOnlyCollection<SignedDigest> digests, AuditVerificationOptions options, Findings findings)
{
    // The number of missing digests that are reported only once each. In a trail that names more, some are reported repeatedly.
    private const int MaxReported = 10_000;

    private readonly Dictionary<string, SignedDigest> _byKey =
        digests.ToDictionary(static digest => digest.File.Key, StringComparer.Ordinal);
    private readonly HashSet<string> _hashes = [.. digests.Select(static digest => digest.Content.Hash)];
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    /// <summary>Checks the digest that a record names.</summary>
    internal void Check(DigestAnchor named, string place, long sequence)
    {
        if (_byKey.TryGetValue(named.Key, out SignedDigest? digest))
        {
            if (digest.Content.Hash != named.Hash)
            {
                Report(AuditFindingKind.Changed, named.Key,
                    $"Its content does not have the hash that record {sequence} in {place} says it has.", sequence);
            }
            else if (digest.Signature is not null && digest.Signature != named.Signature)
            {
                Report(AuditFindingKind.Changed, named.Key
                    + TrailLayout.SignatureSuffix, $"It is not the signature that record {sequence} in {place} says the digest has.",
                    sequence);
            }
        }
        else if (!survey.Files.ContainsKey(named.Key) && !MayBeGone(named.Key))
        {
            Report(AuditFindingKind.Removed, named.Key, $"Record {sequence} in {place} follows on it, but it is not here.", sequence);
        }
    }

    /// <summary>Checks the digest that the journal's head names.</summary>
    /// <param name="named">The hash of the newest digest.</param>
    /// <param name="place">The path of the head.</param>
    internal void CheckHead(RecordHash named, string place)
    {
        // It is the newest digest, so it was read unless all digests are older than the requested time range.
        if (!_hashes.Contains(named.ToString()) && (digests.Count > 0 || options.From is null))
        {
            findings.Add(AuditFindingKind.Removed, AuditFindingSubject.Digest, place,
                $"It names a digest with the hash {named} as the newest one, but that digest is not here.");
        }
    }

    // Retention removes the oldest digests, so the oldest remaining one names a digest that does not exist. A new digest may have been
    // written since the directory was listed.
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
