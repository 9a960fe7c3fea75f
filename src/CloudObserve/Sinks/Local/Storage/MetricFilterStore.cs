using CloudObserve.Filters.Transformations;

namespace CloudObserve.Sinks.Local.Storage;

/// <summary>The metric filters of log groups, and what they make of the events that the groups take from then on.</summary>
/// <threadsafety>Safe for concurrent use: one lock guards everything.</threadsafety>
internal sealed class MetricFilterStore(MetricStore metrics, TimeProvider clock)
{
    /// <summary>CloudWatch Logs: at most 100 metric filters for a log group.</summary>
    internal const int MaxPerGroup = 100;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, SortedDictionary<string, StoredMetricFilter>> _groups = new(StringComparer.Ordinal);

    /// <summary>Adds a filter, or puts it in the place of the one of the same name.</summary>
    internal void Put(string group, MetricFilterDefinition definition)
    {
        lock (_gate)
        {
            if (!_groups.TryGetValue(group, out SortedDictionary<string, StoredMetricFilter>? filters))
            {
                _groups[group] = filters = new SortedDictionary<string, StoredMetricFilter>(StringComparer.Ordinal);
            }

            if (!filters.ContainsKey(definition.Name) && filters.Count == MaxPerGroup)
            {
                throw new CloudWatchException("LimitExceededException", "Resource limit exceeded.");
            }

            filters[definition.Name] = new StoredMetricFilter(definition, clock.GetUtcNow());
        }
    }

    /// <summary>Shows events that a group has taken to its filters.</summary>
    internal void See(string group, ReadOnlySpan<NewLogEvent> events)
    {
        lock (_gate)
        {
            if (!_groups.TryGetValue(group, out SortedDictionary<string, StoredMetricFilter>? filters))
            {
                return;
            }

            List<Observation> found = [];
            foreach (StoredMetricFilter filter in filters.Values)
            {
                filter.See(group, events, found);
            }

            metrics.Apply(found);
        }
    }

    /// <summary>Gets the filters, by log group and name.</summary>
    internal List<(string Group, StoredMetricFilter Filter)> All()
    {
        lock (_gate)
        {
            return [.. _groups.SelectMany(group => group.Value.Values.Select(filter => (group.Key, filter)))];
        }
    }
}
