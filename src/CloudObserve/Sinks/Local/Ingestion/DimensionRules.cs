using CloudObserve.Contracts;
using CloudObserve.Local;
using CloudObserve.Metrics;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Checks a set of dimensions against CloudWatch's rules.</summary>
internal static class DimensionRules
{
    internal static MetricDimension[] Check(List<WireDimension>? dimensions, string path)
    {
        if (dimensions is null)
        {
            return [];
        }

        if (dimensions.Count > ServiceLimits.PutMetricData.MaxDimensions)
        {
            throw ErrorCodes.TooMany(path, ServiceLimits.PutMetricData.MaxDimensions);
        }

        MetricDimension[] result = new MetricDimension[dimensions.Count];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = Check(dimensions[i], $"{path}.member.{i + 1}");
        }

        CheckDistinct(result);
        return result;
    }

    private static MetricDimension Check(WireDimension dimension, string path)
    {
        NameRules.CheckText(dimension.Name, $"{path}.Name", ServiceLimits.PutMetricData.MaxNameLength);
        NameRules.CheckNoLeadingColon(dimension.Name!, $"{path}.Name");
        NameRules.CheckText(dimension.Value, $"{path}.Value", ServiceLimits.PutMetricData.MaxDimensionValueLength);
        return new MetricDimension(dimension.Name!, dimension.Value!);
    }

    private static void CheckDistinct(MetricDimension[] dimensions)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        if (!Array.TrueForAll(dimensions, dimension => names.Add(dimension.Name)))
        {
            throw new CloudWatchException(ErrorCodes.InvalidParameterValue, "No metric may specify the same dimension name twice.");
        }
    }
}
