using CloudObserve.Local;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Sinks.Local.Storage;

/// <summary>Stores all log groups of the embedded CloudWatch, within <see cref="LocalOptions.MaxLogBytes"/>.</summary>
/// <remarks>
/// One lock guards everything, for the reasons given in <see cref="MetricStore"/>: a reader sees a batch completely or not at all.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class LogStore(long maxBytes, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly LogTable _table = new(maxBytes);
    private readonly Subscriptions<IngestedLogEvent> _subscriptions = new();

    // Guarded by the lock, as the table is.
    private RetentionClock _retention = new([], clock);

    // The current time for retention, in milliseconds since 1970.
    private long RetentionNow => _retention.Now.ToUnixTimeMilliseconds();

    /// <summary>Returns a group's retention: its own if it exists, otherwise the one for a new group.</summary>
    internal int? RetentionOf(string group, int? whenNew)
    {
        lock (_lock)
        {
            return _table.TryGet(group, out StoredLogGroup? existing) ? existing.RetentionInDays : whenNew;
        }
    }

    /// <summary>Adds the events of a call in one step, and creates the group and the stream if they are missing.</summary>
    internal void Add(string group, string stream, int? retentionWhenNew, ReadOnlySpan<NewLogEvent> events, Arrival arrival)
    {
        lock (_lock)
        {
            _table.Add(
                group,
                stream,
                retentionWhenNew,
                events,
                arrival.Time.ToUnixTimeMilliseconds(),
                arrival.RetentionTime.ToUnixTimeMilliseconds());
        }

        if (!arrival.IsReplay && _subscriptions.Any)
        {
            foreach (NewLogEvent added in events)
            {
                _subscriptions.Publish(new IngestedLogEvent(
                    group, stream, DateTimeOffset.FromUnixTimeMilliseconds(added.Timestamp), arrival.Time, added.Message));
            }
        }
    }

    /// <summary>Adds a subscription to the events that are accepted from now on.</summary>
    internal Subscription<IngestedLogEvent> Subscribe(SubscriptionLimits limits, Predicate<IngestedLogEvent> matches) =>
        _subscriptions.Add(limits, matches, static accepted => accepted.Message.Length);

    /// <summary>Continues with the data of earlier processes.</summary>
    /// <param name="known">Moments at which they ran, in ascending order.</param>
    internal void Resume(IReadOnlyList<DateTimeOffset> known)
    {
        lock (_lock)
        {
            _retention = new RetentionClock(known, clock);
        }
    }

    /// <summary>Reads a group after removing its expired events.</summary>
    /// <param name="name">The group.</param>
    /// <param name="read">Reads the group, and gets the id of the newest event. It runs under the lock and must not keep its argument,
    /// except for single events.</param>
    /// <returns><see langword="false"/> if the group does not exist.</returns>
    internal bool TryRead(string name, Action<StoredLogGroup, long> read)
    {
        lock (_lock)
        {
            if (!_table.TryGet(name, out StoredLogGroup? group))
            {
                return false;
            }

            _table.Expire(group, RetentionNow);
            read(group, _table.LastId);
            return true;
        }
    }

    /// <summary>Reads a group after removing its expired events.</summary>
    /// <exception cref="CloudWatchException">The group does not exist.</exception>
    internal T Read<T>(string name, Func<StoredLogGroup, T> read)
    {
        T result = default!;
        return TryRead(name, (group, _) => result = read(group)) ? result : throw LogErrors.NoGroup();
    }

    /// <summary>Reads the counters or the groups of the table.</summary>
    internal T Inspect<T>(Func<LogTable, T> read)
    {
        lock (_lock)
        {
            return read(_table);
        }
    }
}
