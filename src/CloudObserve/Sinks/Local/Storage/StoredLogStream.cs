namespace CloudObserve.Sinks.Local.Storage;

/// <summary>The events of one log stream, in ascending order of position.</summary>
/// <remarks>
/// Events are removed at the front and added near the end. The list is compacted only when half of it is removed, so removal is cheap.
/// </remarks>
/// <threadsafety>Not safe for concurrent use; guarded by the store's lock.</threadsafety>
internal sealed class StoredLogStream
{
    private const int ObjectBytes = 256;

    private readonly List<StoredLogEvent> _events = [];

    // The index of the first event in the list.
    private int _first;

    internal StoredLogStream(string name, long createdAt)
    {
        Name = name;
        CreatedAt = createdAt;
        LastIngestion = createdAt;
        Bytes = ObjectBytes + (2L * name.Length);
    }

    internal string Name { get; }

    /// <summary>Gets the time of the stream's creation, in milliseconds since 1970.</summary>
    internal long CreatedAt { get; }

    /// <summary>Gets the time at which the last event was received, in milliseconds since 1970.</summary>
    internal long LastIngestion { get; private set; }

    internal long Bytes { get; private set; }

    internal int Count => _events.Count - _first;

    internal StoredLogEvent this[int index] => _events[_first + index];

    internal void Add(StoredLogEvent added)
    {
        LastIngestion = added.IngestionTime;
        Bytes += added.Bytes;

        // In the usual case the event is the newest.
        int index = Count == 0 || this[Count - 1].Position < added.Position ? Count : IndexAfter(added.Position);
        _events.Insert(_first + index, added);
    }

    /// <summary>Returns the index of the first event after a position.</summary>
    internal int IndexAfter(LogPosition position)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (this[middle].Position <= position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Returns the index of the first event at or after a time.</summary>
    internal int IndexAt(long timestamp) => IndexAfter(new LogPosition(timestamp, long.MinValue));

    internal void DropFirst()
    {
        Bytes -= this[0].Bytes;
        _events[_first] = default;
        _first++;
        if (_first > _events.Count / 2)
        {
            _events.RemoveRange(0, _first);
            _first = 0;
        }
    }

    /// <summary>Removes the events before a time.</summary>
    internal void DropBefore(long timestamp)
    {
        while (Count > 0 && this[0].Position.Timestamp < timestamp)
        {
            DropFirst();
        }
    }
}
