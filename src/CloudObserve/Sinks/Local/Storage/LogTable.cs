using System.Diagnostics.CodeAnalysis;

namespace CloudObserve.Sinks.Local.Storage;

/// <summary>The log groups of the store, within their memory limit.</summary>
/// <threadsafety>Not safe for concurrent use; guarded by the store's lock.</threadsafety>
internal sealed class LogTable(long maxBytes)
{
    private readonly SortedDictionary<string, StoredLogGroup> _groups = new(StringComparer.Ordinal);

    /// <summary>Gets the id of the newest event. Every event of a later request has a greater one.</summary>
    internal long LastId { get; private set; }

    internal long Bytes { get; private set; }

    /// <summary>Gets the number of events dropped because of the memory limit. Expired events are not counted.</summary>
    internal long DroppedEvents { get; private set; }

    internal IReadOnlyCollection<StoredLogGroup> Groups => _groups.Values;

    internal bool TryGet(string name, [NotNullWhen(true)] out StoredLogGroup? group) => _groups.TryGetValue(name, out group);

    internal void Add(
        string groupName, string streamName, int? retentionInDays, ReadOnlySpan<NewLogEvent> events, long now, long retentionNow)
    {
        StoredLogGroup group = GroupOf(groupName, retentionInDays, now);
        StoredLogStream stream = StreamOf(group, streamName, now);
        Bytes -= stream.Bytes;
        foreach (NewLogEvent added in events)
        {
            stream.Add(new StoredLogEvent(new LogPosition(added.Timestamp, ++LastId), now, added.Message));
        }

        Bytes += stream.Bytes;
        if (Bytes > maxBytes)
        {
            Shed(retentionNow);
        }
    }

    /// <summary>Removes the expired events of a group.</summary>
    internal void Expire(StoredLogGroup group, long now)
    {
        Bytes -= group.Streams.Sum(stream => stream.Bytes);
        group.Expire(now);
        Bytes += group.Streams.Sum(stream => stream.Bytes);
    }

    private StoredLogGroup GroupOf(string name, int? retentionInDays, long now)
    {
        if (!_groups.TryGetValue(name, out StoredLogGroup? group))
        {
            group = new StoredLogGroup(name, retentionInDays, now);
            _groups.Add(name, group);
            Bytes += StoredLogGroup.OwnBytes(name);
        }

        return group;
    }

    private StoredLogStream StreamOf(StoredLogGroup group, string name, long now)
    {
        StoredLogStream? stream = group.Find(name);
        if (stream is null)
        {
            stream = new StoredLogStream(name, now);
            group.Add(stream);
            Bytes += stream.Bytes;
        }

        return stream;
    }

    // Frees down to a tenth below the limit, so that a full table does not pay for this with every batch.
    private void Shed(long now)
    {
        long target = maxBytes - (maxBytes / 10);
        PriorityQueue<(StoredLogGroup Group, StoredLogStream Stream), LogPosition> oldestFirst = new();
        foreach (StoredLogGroup group in _groups.Values.ToArray())
        {
            Expire(group, now);
            foreach (StoredLogStream stream in group.Streams.ToArray())
            {
                QueueOrRemove(group, stream, oldestFirst);
            }
        }

        while (Bytes > target && oldestFirst.TryDequeue(out (StoredLogGroup Group, StoredLogStream Stream) oldest, out _))
        {
            // Drops events until another stream has the oldest one.
            DropOldest(oldest.Stream, target, oldestFirst.TryPeek(out _, out LogPosition next) ? next : null);
            QueueOrRemove(oldest.Group, oldest.Stream, oldestFirst);
        }
    }

    private void DropOldest(StoredLogStream stream, long target, LogPosition? until)
    {
        while (Bytes > target && stream.Count > 0 && (until is null || stream[0].Position < until))
        {
            Bytes -= stream[0].Bytes;
            stream.DropFirst();
            DroppedEvents++;
        }
    }

    // Streams without events and groups without streams are removed too, because names alone could fill the memory.
    private void QueueOrRemove(
        StoredLogGroup group, StoredLogStream stream, PriorityQueue<(StoredLogGroup Group, StoredLogStream Stream),
        LogPosition> oldestFirst)
    {
        if (stream.Count > 0)
        {
            oldestFirst.Enqueue((group, stream), stream[0].Position);
            return;
        }

        Bytes -= stream.Bytes;
        group.Remove(stream);
        if (group.Streams.Count == 0)
        {
            Bytes -= StoredLogGroup.OwnBytes(group.Name);
            _groups.Remove(group.Name);
        }
    }
}
