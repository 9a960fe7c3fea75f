using CloudObserve.Contracts;

namespace CloudObserve.Metrics;

/// <summary>The rules that the embedded metric format adds to CloudWatch's rules for a series.</summary>
/// <remarks>
/// Each check returns the broken rule as text, or <see langword="null"/>. A document holds the values of metrics and dimensions side by
/// side, under their names. A metric with the name of one of its own dimensions would need two values under one name in every document, so
/// splitting cannot help.
/// </remarks>
internal static class EmbeddedMetricRules
{
    /// <summary>The name of the root member that marks a log event as a document.</summary>
    internal const string RootMember = "_aws";

    internal static string? CheckDimensionName(string name)
    {
        if (name == RootMember)
        {
            return "In the embedded metric format a dimension must not be named _aws";
        }

        return name.Length > ServiceLimits.EmbeddedMetrics.MaxDimensionNameLength
            ? $"In the embedded metric format a dimension name has at most {ServiceLimits.EmbeddedMetrics.MaxDimensionNameLength} "
            + $"characters; "
                + $"this one has {name.Length}"
            : null;
    }

    internal static string? CheckDimensions(ReadOnlySpan<MetricDimension> dimensions)
    {
        foreach (MetricDimension dimension in dimensions)
        {
            if (CheckDimensionName(dimension.Name) is { } broken)
            {
                return broken;
            }
        }

        return null;
    }

    internal static string? CheckName(string name, ReadOnlySpan<MetricDimension> dimensions)
    {
        if (name == RootMember)
        {
            return "In the embedded metric format a metric must not be named _aws";
        }

        foreach (MetricDimension dimension in dimensions)
        {
            if (dimension.Name == name)
            {
                return "In the embedded metric format a metric must not have the name of one of its dimensions";
            }
        }

        return null;
    }
}
