namespace CloudObserve.Metrics.EmbeddedFormat;

/// <summary>What a series must keep besides CloudWatch's rules to be written in the embedded metric format. Each check returns the broken rule in words, or <see langword="null"/>.</summary>
/// <remarks>
/// A document holds the values of metrics and dimensions side by side, under their names. A metric that is called like one of its own dimensions
/// would need two values there, in any document; nothing that splitting could mend.
/// </remarks>
internal static class EmbeddedMetricRules
{
    internal static string? CheckDimensionName(string name)
    {
        if (name == EmbeddedMetricLimits.RootMember)
        {
            return "In the embedded metric format no dimension can be called _aws";
        }

        return name.Length > EmbeddedMetricLimits.MaxDimensionNameLength
            ? $"In the embedded metric format a dimension name has at most {EmbeddedMetricLimits.MaxDimensionNameLength} characters; this has {name.Length}"
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
        if (name == EmbeddedMetricLimits.RootMember)
        {
            return "In the embedded metric format no metric can be called _aws";
        }

        foreach (MetricDimension dimension in dimensions)
        {
            if (dimension.Name == name)
            {
                return "In the embedded metric format a metric cannot have the name of one of its dimensions";
            }
        }

        return null;
    }
}
