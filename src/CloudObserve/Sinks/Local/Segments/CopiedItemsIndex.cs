namespace CloudObserve.Sinks.Local.Segments;

/// <summary>The items of copied batches that were replayed, so that they are not copied a second time.</summary>
/// <threadsafety>Safe for concurrent readers after the last <see cref="Add"/>.</threadsafety>
internal sealed class CopiedItemsIndex
{
    private readonly Dictionary<Guid, Entry> _byId = [];

    internal void Add(CopiedItems items)
    {
        if (items.CopyId != Guid.Empty && !Contains(items))
        {
            _byId[items.CopyId] = new Entry(items, _byId.GetValueOrDefault(items.CopyId));
        }
    }

    /// <summary>Determines whether one of the records had all these items: parts of a batch lie within one another, or apart.</summary>
    internal bool Contains(CopiedItems items)
    {
        Entry? entry = _byId.GetValueOrDefault(items.CopyId);
        while (entry is not null && !entry.Items.Contains(items))
        {
            entry = entry.Next;
        }

        return entry is not null;
    }

    // Nearly every batch has one entry.
    private sealed record Entry(CopiedItems Items, Entry? Next);
}
