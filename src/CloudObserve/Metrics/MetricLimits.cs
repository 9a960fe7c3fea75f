namespace CloudObserve.Metrics;

/// <summary>The limits of PutMetricData, as its API reference states them.</summary>
internal static class MetricLimits
{
    /// <summary>The maximum number of datums in one request.</summary>
    internal const int MaxDatums = 1_000;

    /// <summary>The maximum number of bytes of one request: "1 MB", read as the smaller of its two meanings.</summary>
    /// <remarks>The limit is kept before compression too.</remarks>
    internal const int MaxRequestBytes = 1_000_000;

    /// <summary>The maximum number of unique values in one datum.</summary>
    internal const int MaxValues = 150;

    /// <summary>The maximum number of dimensions of one datum.</summary>
    internal const int MaxDimensions = 30;

    /// <summary>The maximum number of characters of a namespace, a metric name, or a dimension name.</summary>
    internal const int MaxNameLength = 255;

    /// <summary>The maximum number of characters of a dimension value.</summary>
    internal const int MaxDimensionValueLength = 1_024;

    /// <summary>The maximum age of a timestamp.</summary>
    internal static readonly TimeSpan MaxAge = TimeSpan.FromDays(14);

    /// <summary>The maximum time that a timestamp may lie in the future.</summary>
    internal static readonly TimeSpan MaxAhead = TimeSpan.FromHours(2);

    /// <summary>The largest magnitude of a value: 2^360.</summary>
    internal static readonly double MaxMagnitude = Math.ScaleB(1, 360);
}
