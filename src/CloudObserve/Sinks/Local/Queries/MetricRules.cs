using CloudObserve.Sinks.Local.Ingestion;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Checks the metric and the unit of a query.</summary>
internal static class MetricRules
{
    internal static MetricIdentity Check(Metric metric, string path)
    {
        NameRules.CheckLength(metric.Namespace, $"{path}Namespace", PutMetricDataLimits.MaxNameLength);
        NameRules.CheckLength(metric.MetricName, $"{path}MetricName", PutMetricDataLimits.MaxNameLength);
        if (metric.Dimensions.Count > PutMetricDataLimits.MaxDimensions)
        {
            throw ErrorCodes.TooMany($"{path}Dimensions", PutMetricDataLimits.MaxDimensions);
        }

        return new MetricIdentity(metric.Namespace, metric.MetricName, metric.Dimensions);
    }

    internal static string? CheckUnit(string? unit, string path) =>
        unit is null || UnitNames.Find(unit) is not null
            ? unit
            : throw ErrorCodes.Invalid(path, $"must be a value in the set [{UnitNames.List}]");
}
