using CloudObserve.Diagnostics;
using CloudObserve.Logs;

namespace CloudObserve.Filters.Transformations;

/// <summary>Validates the options of metric filters.</summary>
internal static class MetricFilterOptionsValidator
{
    internal static void Check(OptionFaults faults, IDictionary<string, MetricFilterOptions> filters, LogsOptions logs)
    {
        foreach ((string name, MetricFilterOptions filter) in filters)
        {
            foreach (MetricFilterFault fault in MetricFilterRules.Check(name, filter))
            {
                faults.Add(fault.Key.Length == 0 ? $"MetricFilters:{name}" : $"MetricFilters:{name}:{fault.Key}", fault.Value, fault.Rule);
            }

            if (filter.Provision && filter.LogGroups.Count == 0 && !ShippedGroups.AreFixed(logs))
            {
                faults.Add($"MetricFilters:{name}:LogGroups", null,
                    "must name the log groups to put the filter into, because those that logs go to have no fixed names");
            }
        }
    }
}
