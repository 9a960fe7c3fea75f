using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Verification;

/// <summary>
/// Verifies the records that are not sealed yet: the journal must continue the sealed records, and the head must match its last record.
/// </summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
/// <param name="journal">The journal.</param>
/// <param name="layout">The paths of the trail.</param>
/// <param name="digests">The digests that records and the head name.</param>
/// <param name="statements">Collects the statements in the trail's own records.</param>
/// <param name="hasFiles">Whether the directory contains sealed files or digests.</param>
/// <param name="findings">Collects the findings.</param>
internal sealed class JournalStage(
    JournalSnapshot journal, TrailLayout layout, NamedDigests digests, TrailStatements statements, bool hasFiles, Findings findings)
{
    internal long Records { get; private set; }

    /// <summary>Checks the journal.</summary>
    /// <param name="chain">The chain of sealed records; the journal's records are added to it.</param>
    /// <param name="hashesToFind">The hashes of the requested sealed records.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    internal async Task RunAsync(SpanChain chain, Dictionary<long, RecordHash?> hashesToFind, CancellationToken cancellationToken)
    {
        long sealedLast = chain.Whole.Last;
        JournalVerification scan = new(journal, findings, chain.Whole, digests, statements);
        await scan.ReadAsync(cancellationToken).ConfigureAwait(false);
        Records = scan.Spans.Sum(span => Math.Max(0, span.Last - Math.Max(span.First - 1, sealedLast)));
        foreach (RecordSpan span in scan.Spans)
        {
            chain.AddJournal(
                span, hashesToFind.GetValueOrDefault(span.Last), chain.Whole.Last == sealedLast ? scan.HashOf(sealedLast) : null);
        }

        foreach (string damaged in journal.Damaged)
        {
            findings.Add(AuditFindingKind.Changed, AuditFindingSubject.Journal, damaged,
                $"The trail itself found this journal changed when it started, and kept it.");
        }

        new HeadCheck(journal, layout, findings).Check(
            chain, digests, journal.Head is { } head ? scan.HashOf(head.Newest.Sequence)
                ?? hashesToFind.GetValueOrDefault(head.Newest.Sequence) : null, hasFiles);
    }
}
