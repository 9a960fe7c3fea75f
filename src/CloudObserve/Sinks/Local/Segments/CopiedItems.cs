using CloudObserve.Delivery;

namespace CloudObserve.Sinks.Local.Segments;

/// <summary>Consecutive items of a batch of which a copy was made.</summary>
/// <param name="CopyId">The id of the batch; empty if it is no copy.</param>
/// <param name="First">The index of the first item within the batch that was encoded.</param>
/// <param name="Count">The number of items.</param>
internal readonly record struct CopiedItems(Guid CopyId, int First, int Count)
{
    internal static CopiedItems Of(Batch batch) => new(batch.CopyId, batch.FirstItem, batch.ItemCount);

    /// <summary>Determines whether all items of another part of the same batch are among these.</summary>
    internal bool Contains(CopiedItems other) =>
        CopyId == other.CopyId && First <= other.First && (long)other.First + other.Count <= (long)First + Count;
}
