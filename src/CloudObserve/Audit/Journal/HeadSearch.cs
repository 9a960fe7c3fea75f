using CloudObserve.Audit.Files;
using CloudObserve.Audit.Storage;

namespace CloudObserve.Audit.Journal;

/// <summary>Finds the journal's head at a start, and moves a head away that belongs to no journal in the directory.</summary>
/// <remarks>
/// The head has its current name or the name of earlier versions. A head without a journal exists if only its file was copied or published.
/// If the trail used that head, the records of the other trail would be reported as missing at every verification.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class HeadSearch(IAuditStorage storage, TrailLayout layout, TimeProvider time)
{
    private readonly List<ForeignHead> _foreign = [];

    /// <summary>Gets the heads that were moved away.</summary>
    internal IReadOnlyList<ForeignHead> Foreign => _foreign;

    /// <summary>Finds the head.</summary>
    /// <param name="newestSealed">The newest line of the sealed files; its number is zero if there are none.</param>
    /// <param name="hasFiles">Whether the directory contains sealed files or digests.</param>
    /// <returns><see langword="null"/> if there is no readable head.</returns>
    internal JournalHead? Find(TrailHead newestSealed, bool hasFiles)
    {
        JournalHead? head = Read(layout.HeadFile);
        head = storage.LengthOf(layout.FormerHeadFile) is null ? head : Migrate(head, newestSealed);
        if (head is null || head.Newest.Sequence == 0 || BelongsHere(head.Identity, hasFiles) || IsInChain(head, newestSealed))
        {
            return head;
        }

        SetAside(layout.HeadFile, head.Newest, isCopy: head.Identity is not null);
        return null;
    }

    // Renaming is atomic, so a crash leaves exactly one of the two names. Both exist if an earlier version of the library wrote the trail
    // in the meantime, or if the head of another trail was published here.
    private JournalHead? Migrate(JournalHead? head, TrailHead newestSealed)
    {
        JournalHead? former = Read(layout.FormerHeadFile);
        bool isOnlyOne = storage.LengthOf(layout.HeadFile) is null;
        if (isOnlyOne || (former is not null && former.Newest.Sequence > (head?.Newest.Sequence ?? 0) && IsInChain(former, newestSealed)))
        {
            storage.Move(layout.FormerHeadFile, layout.HeadFile);
            return former;
        }

        if (former is null || former.Newest.Sequence == 0 || former.Newest == head?.Newest)
        {
            storage.Delete(layout.FormerHeadFile);
        }
        else
        {
            SetAside(layout.FormerHeadFile, former.Newest, isCopy: true);
        }

        return head;
    }

    private JournalHead? Read(string path)
    {
        if (storage.LengthOf(path) is null)
        {
            return null;
        }

        using IAuditFile file = storage.Open(path);
        byte[] bytes = new byte[JournalHead.MaxFileLength];
        int length = file.Read(bytes, 0);
        return JournalHead.Read(bytes.AsSpan(0, length));
    }

    private bool IsInChain(JournalHead head, TrailHead newestSealed) =>
        head.Newest == newestSealed || Holds(layout.SealingFile, head.Newest) || Holds(layout.ActiveFile, head.Newest);

    private bool Holds(string path, TrailHead head)
    {
        if (storage.LengthOf(path) is null)
        {
            return false;
        }

        using IAuditFile file = storage.Open(path);
        return JournalScan.Of(file, default, head).HoldsHead;
    }

    private bool BelongsHere(TrailIdentity? written, bool hasFiles) => TrailIdentity.MayBeOf(
        written,
        TrailIdentity.ReadTrail(layout),
        layout,
        hasFiles || storage.LengthOf(layout.SealingFile) > 0 || storage.LengthOf(layout.ActiveFile) > 0);

    private void SetAside(string path, TrailHead newest, bool isCopy)
    {
        string aside = layout.ForeignHeadFile(time.GetUtcNow());
        storage.Move(path, aside);
        _foreign.Add(new ForeignHead(path, aside, newest, isCopy));
    }
}
