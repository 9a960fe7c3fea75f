using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Verification;

/// <summary>
/// Walks the digests of one series from the newest to the oldest, as CloudTrail's validation does: each digest covers the one before.
/// </summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class DigestChain(TrailSurvey survey, SignatureCheck signatures, Findings findings)
{
    private readonly List<(DateTimeOffset Start, DateTimeOffset End)> _holes = [];

    /// <summary>Gets the periods whose digest is missing or unreadable.</summary>
    internal IReadOnlyList<(DateTimeOffset Start, DateTimeOffset End)> Holes => _holes;

    /// <summary>Formats a time as in digests.</summary>
    internal static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString(RecordNames.TimeFormat, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Checks a series.</summary>
    /// <param name="digests">The readable digests.</param>
    /// <param name="from">The time from which the series must cover the trail; <see langword="null"/> for its beginning.</param>
    internal void Check(IEnumerable<SignedDigest> digests, DateTimeOffset? from)
    {
        SignedDigest[] all = [
            .. digests.OrderByDescending(static digest => digest.File.Time)
                .ThenByDescending(static digest => digest.File.Key, StringComparer.Ordinal)];
        SignedDigest? newer = null;
        for (int i = 0; i < all.Length; i++)
        {
            SignedDigest digest = all[i];
            CheckName(digest);
            if (newer is not null && IsIntruder(newer, digest, all.AsSpan(i + 1)))
            {
                _ = signatures.Check(digest, null);
                continue;
            }

            SignedDigest? voucher = newer is not null && Names(newer, digest) ? newer : null;
            digest.IsTrusted = signatures.Check(digest, voucher);
            CheckJoin(newer, digest, voucher is not null);
            newer = digest;
        }

        if (newer is not null)
        {
            CheckBeginning(newer, from);
        }
    }

    private static bool Names(SignedDigest newer, SignedDigest digest) => PreviousKey(newer) == digest.File.Key;

    private static string? PreviousKey(SignedDigest digest) =>
        digest.Content.PreviousObject is string name ? TrailPath.KeyOf(name) ?? name : null;

    private void CheckName(SignedDigest digest)
    {
        if (TrailPath.KeyOf(digest.Content.Object) != digest.File.Key)
        {
            findings.Add(AuditFindingKind.Reordered, AuditFindingSubject.Digest, digest.File.Key,
                $"It was written under another name: {digest.Content.Object}");
        }
    }

    // Only a trusted digest can show that another one does not belong to the chain.
    private bool IsIntruder(SignedDigest newer, SignedDigest digest, ReadOnlySpan<SignedDigest> older)
    {
        if (!newer.IsTrusted || Names(newer, digest))
        {
            return false;
        }

        foreach (SignedDigest candidate in older)
        {
            if (Names(newer, candidate))
            {
                findings.Add(AuditFindingKind.Added, AuditFindingSubject.Digest, digest.File.Key,
                    $"The chain of digests passes it by: {newer.File.Key} follows on {candidate.File.Key}.");
                return true;
            }
        }

        return false;
    }

    private void CheckJoin(SignedDigest? newer, SignedDigest digest, bool isVouchedFor)
    {
        if (newer is null)
        {
            return;
        }

        if (!isVouchedFor)
        {
            _holes.Add((digest.Content.EndTime, newer.Content.StartTime));
            ReportBreak(newer, digest);
        }
        else if (newer.Content.StartTime != digest.Content.EndTime && !newer.File.IsBackfill)
        {
            findings.Add(
                AuditFindingKind.Missing,
                AuditFindingSubject.Digest,
                newer.File.Key,
                $"The periods of the digests do not join: the one before ends at {Time(digest.Content.EndTime)}, this one begins at {Time(newer.Content.StartTime)}.");
        }
    }

    private void ReportBreak(SignedDigest newer, SignedDigest digest)
    {
        if (PreviousKey(newer) is not string expected)
        {
            findings.Add(AuditFindingKind.Missing, AuditFindingSubject.Digest, newer.File.Key,
                $"The chain of digests begins anew here, although there is an older one, {digest.File.Key}.");
        }
        else if (!survey.Files.ContainsKey(expected))
        {
            ReportRemoved(newer, expected);
            findings.Add(
                AuditFindingKind.Missing,
                AuditFindingSubject.Digest,
                expected,
                $"No digest vouches for what was recorded from {Time(digest.Content.EndTime)} to {Time(newer.Content.StartTime)}.");
        }
    }

    private void ReportRemoved(SignedDigest newer, string expected)
    {
        if (newer.IsTrusted)
        {
            findings.Add(AuditFindingKind.Removed, AuditFindingSubject.Digest, expected,
                $"{newer.File.Key} follows on it, but it is not here.");
        }
    }

    // Retention removes the oldest digests. Whether it removed a missing one cannot be determined from the remaining files.
    private void CheckBeginning(SignedDigest oldest, DateTimeOffset? from)
    {
        if (oldest.Content.StartTime <= from || PreviousKey(oldest) is not string expected)
        {
            return;
        }

        if (!survey.Files.TryGetValue(expected, out TrailPath? previous))
        {
            ReportBeginning(oldest, expected, from);
        }
        else if (previous.Kind != TrailFileKind.Digest || previous.Time >= oldest.File.Time)
        {
            findings.Add(AuditFindingKind.Changed, AuditFindingSubject.Digest, oldest.File.Key,
                $"It follows on what is no digest before it: {expected}");
        }
    }

    private void ReportBeginning(SignedDigest oldest, string expected, DateTimeOffset? from)
    {
        if (from is null)
        {
            findings.Remark($"The digests begin at {Time(oldest.Content.StartTime)}. There was one before, {expected}, which is not here: it was kept for long enough, or taken away.");
            return;
        }

        findings.Add(AuditFindingKind.Missing, AuditFindingSubject.Digest, expected,
            $"No digest vouches for what was recorded before {Time(oldest.Content.StartTime)}.");
    }
}
