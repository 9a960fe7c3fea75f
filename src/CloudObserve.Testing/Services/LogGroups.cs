using CloudObserve.Testing.Wire;

namespace CloudObserve.Testing.Services;

/// <summary>Holds the log groups and the accepted events.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class LogGroups
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LogGroup> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Group, string Name), CreatedMetricFilter> _filters = [];

    /// <summary>Gets the events that were accepted.</summary>
    internal AcceptedItems<AcceptedLogEvent> Accepted { get; } = new();

    internal void Create(string name, string logClass, string? key, IReadOnlyDictionary<string, string> tags)
    {
        lock (_lock)
        {
            if (!_groups.TryAdd(name, new LogGroup(name, logClass, key, tags)))
            {
                throw AlreadyExists("group");
            }
        }
    }

    internal void CreateStream(string group, string stream)
    {
        lock (_lock)
        {
            LogGroup parent = Find(group);
            if (parent.Streams.Contains(stream))
            {
                throw AlreadyExists("stream");
            }

            parent.Streams.Add(stream);
        }
    }

    internal void SetRetention(string group, int days)
    {
        lock (_lock)
        {
            Find(group).RetentionInDays = days;
        }
    }

    internal void PutFilter(CreatedMetricFilter filter)
    {
        lock (_lock)
        {
            _ = Find(filter.LogGroupName);
            _filters[(filter.LogGroupName, filter.FilterName)] = filter;
        }
    }

    internal CreatedMetricFilter[] Filters()
    {
        lock (_lock)
        {
            return [.. _filters.Values];
        }
    }

    /// <summary>Adds the selected events of a request to the accepted ones.</summary>
    /// <param name="group">The group.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="choose">Selects the events to keep; receives the group's retention in days.</param>
    /// <returns>The number of events that were added.</returns>
    internal int Keep(string group, string stream, Func<int?, IReadOnlyList<AcceptedLogEvent>> choose)
    {
        int? retention;
        lock (_lock)
        {
            LogGroup parent = Find(group);
            if (!parent.Streams.Contains(stream))
            {
                throw NotFound("stream");
            }

            retention = parent.RetentionInDays;
        }

        IReadOnlyList<AcceptedLogEvent> kept = choose(retention);
        Accepted.Add(kept);
        return kept.Count;
    }

    internal CreatedLogGroup[] All()
    {
        lock (_lock)
        {
            return [.. _groups.Values.Select(g => g.ToResult())];
        }
    }

    private LogGroup Find(string name) => _groups.TryGetValue(name, out LogGroup? group) ? group : throw NotFound("group");

    private static ServiceFault NotFound(string what) => new(400, "ResourceNotFoundException", $"The specified log {what} does not exist.");

    private static ServiceFault AlreadyExists(string what) =>
        new(400, "ResourceAlreadyExistsException", $"The specified log {what} already exists");
}
