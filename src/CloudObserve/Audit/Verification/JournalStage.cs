using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Verification;

/// <summary>
/// Verifies the records that are not sealed yet: the journal must continue the sealed records, and the head must match its last record.
/// </summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class JournalStage(JournalSnapshot journal, TrailLayout layout, NamedDigests digests, TrailStatements statements, Findings findings)
{
    internal long Records { get; private set; }

    /// <summary>Checks the journal.</summary>
    /// <param name="chain">The chain of sealed records; the journal's records are added to it.</param>
    /// <param name="sought">The hashes of the requested sealed records.</param>
    /// <param name="cancellation">Cancels the check.</param>
    internal async Task RunAsync(SpanChain chain, Dictionary<long, RecordHash?> sought, CancellationToken cancellation)
    {
        long sealedLast = chain.Whole.Last;
        JournalScan scan = new(journal, findings, chain.Whole, digests, statements);
        await scan.ReadAsync(cancellation).ConfigureAwait(false);
        Records = scan.Spans.Sum(span => Math.Max(0, span.Last - Math.Max(span.First - 1, sealedLast)));
        foreach (RecordSpan span in scan.Spans)
        {
            chain.AddJournal(span, sought.GetValueOrDefault(span.Last), chain.Whole.Last == sealedLast ? scan.HashOf(sealedLast) : null);
        }

        foreach (string damaged in journal.Damaged)
        {
            findings.Add(AuditFindingKind.Changed, AuditFindingSubject.Journal, damaged, $"The trail itself found this journal changed when it started, and kept it.");
        }

        if (journal.Digest is { } digest)
        {
            digests.CheckHead(digest, layout.KeyOf(layout.HeadFile));
        }

        if (journal.Head is { } head)
        {
            CheckHead(head, chain, scan.HashOf(head.Sequence) ?? sought.GetValueOrDefault(head.Sequence));
        }
        else
        {
            ReportNoHead(chain);
        }
    }

    private void CheckHead(TrailHead head, SpanChain chain, RecordHash? actual)
    {
        string place = layout.KeyOf(layout.HeadFile);
        if (head.Sequence > chain.Whole.Last && chain.Any && head.Hash == chain.Whole.LastHash)
        {
            findings.Add(AuditFindingKind.Changed, AuditFindingSubject.Journal, place, $"It has the hash of record {chain.Whole.Last}, but says {head.Sequence}.", head.Sequence);
        }
        else if (head.Sequence > chain.Whole.Last)
        {
            findings.Add(
                AuditFindingKind.Missing,
                AuditFindingSubject.Record,
                layout.KeyOf(layout.ActiveFile),
                $"The end of the trail is cut off: {place} says that the newest record is number {head.Sequence}, the last one here is {chain.Whole.Last}.",
                chain.Whole.Last + 1);
        }
        else if (actual is not null ? actual != head.Hash : head.Sequence == 0 && head.Hash != RecordHash.None)
        {
            findings.Add(
                AuditFindingKind.Changed,
                AuditFindingSubject.Journal,
                head.Sequence == chain.Whole.Last ? chain.Whole.Place : place,
                $"Record {head.Sequence} does not have the hash that {place} says it has: one of them was changed.",
                head.Sequence);
        }
        else if (head.Sequence < chain.Whole.Last)
        {
            findings.Remark($"{chain.Whole.Last - head.Sequence} records are behind the one that {place} names. They follow on it, but whether they were acknowledged, or put in, cannot be told.");
        }
    }

    private void ReportNoHead(SpanChain chain)
    {
        string place = layout.KeyOf(layout.HeadFile);
        if (journal.HasHead)
        {
            findings.Add(AuditFindingKind.Changed, AuditFindingSubject.Journal, place, $"It is not as the trail writes it.");
        }
        else if (chain.Any && (journal.IsHere || File.Exists(layout.LockFile)))
        {
            findings.Add(AuditFindingKind.Removed, AuditFindingSubject.Journal, place, $"The trail was written here, but what tells where it ends is not here.");
        }
        else if (chain.Any)
        {
            findings.Remark($"This is a copy without a journal: whether records are missing behind number {chain.Whole.Last} cannot be told from it.");
        }
    }
}
