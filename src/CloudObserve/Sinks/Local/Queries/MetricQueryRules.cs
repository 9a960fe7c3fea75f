using CloudObserve.Contracts;
using CloudObserve.Local;
using CloudObserve.Sinks.Local.Ingestion;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Checks the metric and the unit of a query.</summary>
internal static class MetricQueryRules
{
    internal static MetricIdentity Check(MetricIdentifier metric, string path)
    {
        NameRules.CheckLength(metric.Namespace, $"{path}Namespace", ServiceLimits.PutMetricData.MaxNameLength);
        NameRules.CheckLength(metric.MetricName, $"{path}MetricName", ServiceLimits.PutMetricData.MaxNameLength);
        if (metric.Dimensions.Count > ServiceLimits.PutMetricData.MaxDimensions)
        {
            throw ErrorCodes.TooMany($"{path}Dimensions", ServiceLimits.PutMetricData.MaxDimensions);
        }

        return new MetricIdentity(metric.Namespace, metric.MetricName, metric.Dimensions);
    }

    internal static string? CheckUnit(string? unit, string path) =>
        unit is null || UnitNames.Find(unit) is not null
            ? unit
            : throw ErrorCodes.Invalid(path, $"must be a value in the set [{UnitNames.List}]");
}
