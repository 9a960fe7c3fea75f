using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Collects events until a page is full, by number or by 1 MB of messages. The first event always fits.</summary>
internal sealed class LogPage(int limit)
{
    private long _bytes;

    /// <summary>Gets a value indicating whether an event did not fit.</summary>
    internal bool HasMore { get; private set; }

    internal List<(string Stream, StoredLogEvent Event)> Events { get; } = [];

    internal bool TryAdd(string stream, StoredLogEvent added)
    {
        if (Events.Count == limit || (Events.Count > 0 && _bytes + added.Message.Length > LogQueryLimits.MaxBytesPerPage))
        {
            HasMore = true;
            return false;
        }

        _bytes += added.Message.Length;
        Events.Add((stream, added));
        return true;
    }
}
