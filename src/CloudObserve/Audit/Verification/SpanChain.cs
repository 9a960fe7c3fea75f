using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Verification;

/// <summary>Joins the records of several files into one chain.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
/// <param name="findings">Receives findings.</param>
/// <param name="isWhole">Whether the trail is read from its beginning.</param>
internal sealed class SpanChain(Findings findings, bool isWhole)
{
    private bool _any;

    /// <summary>Gets the chain so far; its place is the last file.</summary>
    internal RecordSpan Whole { get; private set; }

    internal bool Any => _any;

    /// <summary>Adds the records of sealed files, in any order.</summary>
    internal void AddSealed(IEnumerable<RecordSpan> spans)
    {
        foreach (RecordSpan span in spans.OrderBy(static span => span.First).ThenBy(static span => span.Place, StringComparer.Ordinal))
        {
            if (_any && span.First <= Whole.Last)
            {
                findings.Add(AuditFindingKind.Added, AuditFindingSubject.Record, span.Place,
                    $"Its records begin with number {span.First}, which {Whole.Place} goes beyond: they were repeated or put in.",
                    span.First);
            }
            else
            {
                Join(span);
            }

            Extend(span);
        }
    }

    /// <summary>Adds records of the journal.</summary>
    /// <remarks>The oldest of them may also exist in sealed files, after a crash or during sealing.</remarks>
    /// <param name="span">The records.</param>
    /// <param name="sealedHash">The hash that the sealed files have for the last of the records, if they contain it.</param>
    /// <param name="journalHash">The hash that the journal has for the last sealed record, if it contains it.</param>
    internal void AddJournal(RecordSpan span, RecordHash? sealedHash, RecordHash? journalHash)
    {
        if (!_any || span.First > Whole.Last)
        {
            Join(span);
        }
        else if (span.Last <= Whole.Last ? sealedHash is not null && sealedHash != span.LastHash : journalHash is not null
            && journalHash != Whole.LastHash)
        {
            long last = Math.Min(span.Last, Whole.Last);
            findings.Add(AuditFindingKind.Changed, AuditFindingSubject.Journal, span.Place,
                $"Record {last} stands here and in a sealed file, and is not the same.", last);
        }

        Extend(span);
    }

    private void Join(RecordSpan span)
    {
        if (!_any)
        {
            Begin(span);
        }
        else if (span.First > Whole.Last + 1)
        {
            Gaps.Report(findings, AuditFindingKind.Missing, Whole.Place, span.Place, Whole.Last + 1, span.First - 1);
            if (!span.IsAfterLoss)
            {
                Gaps.Report(findings, AuditFindingKind.Removed, Whole.Place, span.Place, Whole.Last + 1, span.First - 1);
            }
        }
        else if (span.Previous != Whole.LastHash)
        {
            findings.Add(
                AuditFindingKind.Changed,
                AuditFindingSubject.Record,
                span.Place,
                $"Its first record, {span.First}, does not follow on record {Whole.Last} as it stands in {Whole.Place}: one of them was changed.",
                Whole.Last);
        }
    }

    private void Begin(RecordSpan span)
    {
        if (span.First == 1 && span.Previous != RecordHash.None)
        {
            findings.Add(AuditFindingKind.Changed, AuditFindingSubject.Record, span.Place, $"Record 1 claims to follow on another one.", 1,
                0);
        }
        else if (span.First > 1 && isWhole && span.IsAfterLoss)
        {
            findings.Add(AuditFindingKind.Missing, AuditFindingSubject.Record, span.Place,
                $"Record {span.First}, the first one here, says that records before it were missing or changed when the trail was opened.",
                span.First - 1);
        }
        else if (span.First > 1 && isWhole)
        {
            findings.Remark($"The records here begin with number {span.First}, in {span.Place}. Those before were kept for long enough, or taken away.");
        }
    }

    private void Extend(RecordSpan span)
    {
        if (!_any)
        {
            Whole = span;
            _any = true;
        }
        else if (span.Last > Whole.Last)
        {
            Whole = Whole with { Place = span.Place, Last = span.Last, LastHash = span.LastHash };
        }
    }
}
