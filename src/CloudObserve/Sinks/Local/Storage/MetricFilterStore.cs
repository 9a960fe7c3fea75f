using CloudObserve.Local;

namespace CloudObserve.Sinks.Local.Storage;

/// <summary>Stores the metric filters of log groups, and applies them to the events that the groups receive afterwards.</summary>
/// <threadsafety>Safe for concurrent use: one lock guards everything.</threadsafety>
internal sealed class MetricFilterStore(MetricStore metrics)
{
    /// <summary>CloudWatch Logs: at most 100 metric filters per log group.</summary>
    internal const int MaxPerGroup = 100;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, SortedDictionary<string, StoredMetricFilter>> _groups = new(StringComparer.Ordinal);

    /// <summary>Adds a filter, or replaces the filter of the same name.</summary>
    internal void Put(string group, StoredMetricFilter filter)
    {
        lock (_lock)
        {
            if (!_groups.TryGetValue(group, out SortedDictionary<string, StoredMetricFilter>? filters))
            {
                _groups[group] = filters = new SortedDictionary<string, StoredMetricFilter>(StringComparer.Ordinal);
            }

            string name = filter.Definition.Name;
            if (!filters.ContainsKey(name) && filters.Count == MaxPerGroup)
            {
                throw new CloudWatchException("LimitExceededException", "Resource limit exceeded.");
            }

            filters[name] = filter;
        }
    }

    /// <summary>Applies the filters of a group to the events it has received.</summary>
    internal void See(string group, ReadOnlySpan<NewLogEvent> events, Arrival arrival)
    {
        lock (_lock)
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

            metrics.Apply(found, arrival);
        }
    }

    /// <summary>Returns the filters, sorted by log group and name.</summary>
    internal List<(string Group, StoredMetricFilter Filter)> All()
    {
        lock (_lock)
        {
            return [.. _groups.SelectMany(group => group.Value.Values.Select(filter => (group.Key, filter)))];
        }
    }
}
