using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Collects events until a page is full, by number or by 1 MB of messages. The first event always fits.</summary>
internal sealed class LogPage(int limit)
{
    private long _bytes;

    /// <summary>Gets a value indicating whether an event did not fit.</summary>
    internal bool HasMore { get; private set; }

    internal List<(string Stream, StoredLogEvent Event)> Events { get; } = [];

    internal bool TryAdd((string Stream, StoredLogEvent Event) added)
    {
        int length = added.Event.Message.Length;
        if (Events.Count == limit || (Events.Count > 0 && _bytes + length > LogQueryLimits.MaxBytesPerPage))
        {
            HasMore = true;
            return false;
        }

        _bytes += length;
        Events.Add(added);
        return true;
    }
}
