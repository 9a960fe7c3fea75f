using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Sinks.Local.Storage;

/// <summary>All log groups of the embedded CloudWatch, within the bound of <see cref="LocalOptions.MaxLogBytes"/>.</summary>
/// <remarks>One lock guards everything, as in <see cref="MetricStore"/> and for its reasons: a reader sees a batch whole or not at all.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class LogStore(long maxBytes, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly LogTable _table = new(maxBytes);

    private readonly RetentionClock _retention = new([], clock);

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    // The time that retention goes by, in milliseconds since 1970.
    private long RetentionNow => _retention.Now.ToUnixTimeMilliseconds();

    /// <summary>Gets a group's retention: its own if it exists, or that which it is to get.</summary>
    internal int? RetentionOf(string group, int? whenNew)
    {
        lock (_gate)
        {
            return _table.TryGet(group, out StoredLogGroup? existing) ? existing.RetentionInDays : whenNew;
        }
    }

    /// <summary>Adds the events of a call in one step, and the group and the stream if they are not there.</summary>
    internal void Add(string group, string stream, int? retentionWhenNew, ReadOnlySpan<NewLogEvent> events)
    {
        lock (_gate)
        {
            _table.Add(group, stream, retentionWhenNew, events, Now, RetentionNow);
        }
    }

    /// <summary>Reads a group, from which has gone what its retention has passed.</summary>
    /// <param name="name">The group.</param>
    /// <param name="read">What to read. Runs under the lock and must not keep what it is given, but for single events.</param>
    /// <exception cref="CloudWatchException">There is no such group.</exception>
    internal T Read<T>(string name, Func<StoredLogGroup, T> read)
    {
        lock (_gate)
        {
            if (!_table.TryGet(name, out StoredLogGroup? group))
            {
                throw LogErrors.NoGroup();
            }

            _table.Expire(group, RetentionNow);
            return read(group);
        }
    }

    /// <summary>Reads the table's own numbers, or its groups.</summary>
    internal T Inspect<T>(Func<LogTable, T> read)
    {
        lock (_gate)
        {
            return read(_table);
        }
    }
}
