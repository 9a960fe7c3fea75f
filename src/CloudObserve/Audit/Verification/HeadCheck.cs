using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;
using CloudObserve.Diagnostics;

namespace CloudObserve.Audit.Verification;

/// <summary>Verifies that the journal's head matches the last record and belongs to this trail.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class HeadCheck(JournalSnapshot journal, TrailLayout layout, Findings findings)
{
    private const string WhatToDo = "To move a trail, copy its whole directory; if only this file was copied or published here, delete it.";

    /// <summary>Checks the head.</summary>
    /// <param name="chain">All records.</param>
    /// <param name="digests">The digests that records and the head name.</param>
    /// <param name="actual">The hash of the record that the head names; <see langword="null"/> if the record is not here, or was not
    /// read.</param>
    /// <param name="hasFiles">Whether the directory contains sealed files or digests.</param>
    internal void Check(SpanChain chain, NamedDigests digests, RecordHash? actual, bool hasFiles)
    {
        if (journal.HasFormer)
        {
            findings.Remark($"{layout.KeyOf(layout.FormerHeadFile)} is ignored, because {journal.HeadPlace} exists: it was published here from another trail, or left by an earlier version. The next start moves it away.");
        }

        bool hasRecords = hasFiles || chain.Any || !journal.IsEmpty;
        if (journal.Head is not { } head)
        {
            ReportNoHead(chain);
        }
        else if (head.Newest.Sequence > 0 && actual != head.Newest.Hash
            && !TrailIdentity.MayBeOf(head.Identity, journal.Trail, layout, hasRecords))
        {
            ReportForeign(head, hasRecords);
        }
        else
        {
            if (head.Digest is { } digest)
            {
                digests.CheckHead(digest, journal.HeadPlace);
            }

            Check(head.Newest, chain, actual);
        }
    }

    private void ReportForeign(JournalHead head, bool hasRecords)
    {
        if (hasRecords)
        {
            findings.Add(AuditFindingKind.Changed, AuditFindingSubject.Journal, journal.HeadPlace,
                $"It is the head of another trail. The head of this trail is missing, so the end of this trail is unknown. {WhatToDo}");
        }
        else if (head.Identity is not null)
        {
            findings.Add(AuditFindingKind.Unverifiable, AuditFindingSubject.Journal, journal.HeadPlace,
                $"It belongs to no journal here: it was written in another directory, and nothing else of its trail is here. {WhatToDo}");
        }
        else
        {
            findings.Add(AuditFindingKind.Unverifiable, AuditFindingSubject.Journal, journal.HeadPlace,
                $"It says that {Counted.Of(head.Newest.Sequence, "record")} {Counted.Form(head.Newest.Sequence, "was", "were")} written, but the rest of its trail is not here: only this file was copied or published here, or the rest was deleted. {WhatToDo}");
        }
    }

    private void Check(TrailHead head, SpanChain chain, RecordHash? actual)
    {
        string place = journal.HeadPlace;
        if (head.Sequence > chain.Whole.Last && chain.Any && head.Hash == chain.Whole.LastHash)
        {
            findings.Add(AuditFindingKind.Changed, AuditFindingSubject.Journal, place,
                $"It has the hash of record {chain.Whole.Last}, but says {head.Sequence}.", head.Sequence);
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
            long behind = chain.Whole.Last - head.Sequence;
            findings.Remark(
                $"Behind the record that {place} names there {Counted.Form(behind, "is", "are")} {Counted.Of(behind, "record")}. What is there follows on it, but whether it was acknowledged, or put in, cannot be told.");
        }
    }

    private void ReportNoHead(SpanChain chain)
    {
        if (journal.HasHead)
        {
            findings.Add(AuditFindingKind.Changed, AuditFindingSubject.Journal, journal.HeadPlace, $"It is not as the trail writes it.");
        }
        else if (chain.Any && (journal.IsHere || File.Exists(layout.LockFile)))
        {
            findings.Add(AuditFindingKind.Removed, AuditFindingSubject.Journal, journal.HeadPlace,
                $"The trail was written here, but what tells where it ends is not here.");
        }
        else if (chain.Any)
        {
            findings.Remark($"This is a copy without a journal: whether records are missing behind number {chain.Whole.Last} cannot be told from it.");
        }
    }
}
