using System.Text;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>Keeps the entries of all histories for 30 days, within a limit of memory.</summary>
/// <remarks>The lock of <see cref="AlarmTable"/> guards it.</remarks>
internal sealed class HistoryLog(long maxBytes)
{
    internal static readonly TimeSpan MaxAge = TimeSpan.FromDays(30);

    // The object of an entry and its place in the list.
    private const int EntryBytes = 120;

    // A ring: the oldest entries are dropped at its start.
    private readonly Queue<Entry> _entries = new();
    private long _next = 1;

    /// <summary>Gets an estimate of the memory, in bytes.</summary>
    internal long Bytes { get; private set; }

    internal int Count => _entries.Count;

    internal void Add(AlarmHistoryItem item)
    {
        Entry entry = new(
            _next++, item.AlarmName, item.Timestamp, item.HistoryItemType, item.HistorySummary, Encoding.UTF8.GetBytes(item.HistoryData));
        _entries.Enqueue(entry);
        Bytes += entry.Bytes;
        while (Bytes > maxBytes)
        {
            Drop();
        }
    }

    /// <summary>Drops the entries that are too old.</summary>
    internal void Expire(DateTimeOffset now)
    {
        while (_entries.TryPeek(out Entry? oldest) && now - oldest.Timestamp > MaxAge)
        {
            Drop();
        }
    }

    /// <summary>Returns entries after the one that a token names, in ascending or descending order.</summary>
    /// <param name="matches">Determines whether an entry of this name, type and time is wanted.</param>
    /// <param name="ascends">Whether the oldest entry comes first.</param>
    /// <param name="after">The number of the last entry of the previous page; <see langword="null"/> for the first page.</param>
    /// <param name="limit">The maximum number of entries.</param>
    /// <param name="last">The number of the last entry if there are more.</param>
    internal List<AlarmHistoryItem> Find(
        Func<string, string, DateTimeOffset, bool> matches, bool ascends, long? after, int limit, out long? last)
    {
        IEnumerable<Entry> found = (ascends ? _entries : _entries.Reverse())
            .Where(entry => after is null || (ascends ? entry.Number > after : entry.Number < after))
            .Where(entry => matches(entry.AlarmName, entry.Type, entry.Timestamp));
        List<Entry> page = [.. found.Take(limit + 1)];
        last = page.Count > limit ? page[limit - 1].Number : null;
        return [.. page.Take(limit).Select(static entry => entry.ToItem())];
    }

    /// <summary>Returns all entries, the oldest first.</summary>
    internal List<AlarmHistoryItem> ToList() => [.. _entries.Select(static entry => entry.ToItem())];

    private void Drop() => Bytes -= _entries.Dequeue().Bytes;

    private sealed record Entry(long Number, string AlarmName, DateTimeOffset Timestamp, string Type, string Summary, byte[] Data)
    {
        internal int Bytes => EntryBytes + Data.Length + (2 * Summary.Length);

        internal AlarmHistoryItem ToItem() => new(AlarmName, Timestamp, Type, Summary, Encoding.UTF8.GetString(Data));
    }
}
