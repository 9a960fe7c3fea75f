namespace CloudObserve.Filters.Transformations;

/// <summary>Contains the limits of CloudWatch Logs for metric filters, from the API reference of PutMetricFilter.</summary>
internal static class MetricFilterLimits
{
    /// <summary>The largest number of characters in a filter's name.</summary>
    internal const int MaxNameLength = 512;

    /// <summary>The largest number of characters in a metric's name or namespace, and in a dimension's name or selector.</summary>
    internal const int MaxTextLength = 255;

    /// <summary>The largest number of characters in a value or its selector.</summary>
    internal const int MaxValueLength = 100;

    /// <summary>The largest number of dimensions of a filter.</summary>
    internal const int MaxDimensions = 3;
}
