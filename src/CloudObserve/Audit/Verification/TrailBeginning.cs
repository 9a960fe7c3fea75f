using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Verification;

/// <summary>
/// Evaluates the beginning of the digests: at the trail's own beginning, at the end of the removed ones, or later than expected.
/// </summary>
/// <remarks>
/// Someone who deletes all digests makes the writer begin a new chain at its next start, which then signs records that were rewritten
/// meanwhile. If the trail is verified against a key or a digest that was stored elsewhere, this makes it incomplete. Otherwise it causes
/// only a remark, because a crash before the first digest looks the same.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class TrailBeginning(DigestStage digests, TrailStatements statements, bool isKept, Findings findings)
{
    // The names of sealed files have whole minutes.
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Evaluates the beginning.</summary>
    /// <param name="firstSequence">The number of the first record in the chain; <see langword="null"/> if there is none.</param>
    internal void Check(long? firstSequence)
    {
        if (firstSequence is not { } first)
        {
            // These are CloudTrail's own files, where a new chain begins whenever validation is switched on.
            return;
        }

        if (digests.Count == 0 && isKept)
        {
            findings.Add(AuditFindingKind.Missing, AuditFindingSubject.Digest, ".",
                $"No digest is here, although the trail has records and something of it was kept.");
        }

        foreach (SignedDigest oldest in digests.OldestOfEach)
        {
            if (oldest.Content.PreviousObject is null)
            {
                CheckFirst(oldest, first);
            }
            else if (statements.RemovedUntil is { } until && oldest.Content.StartTime > until)
            {
                Report(oldest, $"The digests begin at {DigestChain.Time(oldest.Content.StartTime)}, but the trail says that it removed those until {DigestChain.Time(until)} only.");
            }
        }
    }

    private void CheckFirst(SignedDigest oldest, long first)
    {
        bool namesOlder = oldest.Content.LogFiles.Any(file => TrailPath.KeyOf(file.Object) is { } key
            && TrailPath.TryParse(key, string.Empty, out TrailPath? path) && path.Time + Minute <= oldest.Content.StartTime);

        // If the trail itself reports this, the report is enough.
        if ((namesOlder || first > 1) && !statements.TellsOfMissingDigests)
        {
            Report(oldest, $"The digests begin anew with this one at {DigestChain.Time(oldest.Content.StartTime)}, but there are older records. The digests before it were taken away, or the process ended before the first.");
        }
    }

    private void Report(SignedDigest oldest, FormattableString message)
    {
        if (isKept)
        {
            findings.Add(AuditFindingKind.Missing, AuditFindingSubject.Digest, oldest.File.Key, message);
        }
        else
        {
            findings.Remark($"{oldest.File.Key}: {message.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
        }
    }
}
