using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Verification;

/// <summary>Judges where the digests begin: with the trail itself, where retention left off, or later than they should.</summary>
/// <remarks>
/// Who deletes all digests lets the writer begin a new chain of them at its next start, and so sign what was rewritten meanwhile. Against a key or a
/// digest that was kept elsewhere this makes the trail incomplete; without one it is only remarked on, because a crash before the first digest looks alike.
/// </remarks>
/// <threadsafety>For one thread.</threadsafety>
internal sealed class TrailBeginning(DigestStage digests, TrailStatements statements, bool isKept, Findings findings)
{
    // The names of sealed files have whole minutes.
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Judges it.</summary>
    /// <param name="firstSequence">The number of the first chained record; <see langword="null"/> when there is none.</param>
    internal void Check(long? firstSequence)
    {
        if (firstSequence is not { } first)
        {
            // Files of CloudTrail's own: there a new chain begins whenever validation is switched on.
            return;
        }

        if (digests.Count == 0 && isKept)
        {
            findings.Add(AuditFindingKind.Missing, AuditFindingSubject.Digest, ".", $"No digest is here, although the trail has records and something of it was kept.");
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

        // If the trail tells so itself, that is reported.
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
