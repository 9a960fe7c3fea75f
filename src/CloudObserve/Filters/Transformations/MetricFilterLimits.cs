namespace CloudObserve.Filters.Transformations;

/// <summary>What CloudWatch Logs accepts of a metric filter, as the API reference of PutMetricFilter states it.</summary>
internal static class MetricFilterLimits
{
    /// <summary>Characters of a filter's name.</summary>
    internal const int MaxNameLength = 512;

    /// <summary>Characters of a metric's name or namespace, of a dimension's name, and of what it is taken from.</summary>
    internal const int MaxTextLength = 255;

    /// <summary>Characters of a value or its selector.</summary>
    internal const int MaxValueLength = 100;

    /// <summary>Dimensions of a filter.</summary>
    internal const int MaxDimensions = 3;
}
