namespace CloudObserve.Metrics;

/// <summary>What PutMetricData accepts, as its API reference states it.</summary>
internal static class MetricLimits
{
    /// <summary>Datums in one request.</summary>
    internal const int MaxDatums = 1_000;

    /// <summary>Bytes of one request: "1 MB", read as the smaller of its two meanings, and held before compression too.</summary>
    internal const int MaxRequestBytes = 1_000_000;

    /// <summary>Unique values in one datum.</summary>
    internal const int MaxValues = 150;

    /// <summary>Dimensions of one datum.</summary>
    internal const int MaxDimensions = 30;

    /// <summary>Characters of a namespace, a metric name, or a dimension name.</summary>
    internal const int MaxNameLength = 255;

    /// <summary>Characters of a dimension value.</summary>
    internal const int MaxDimensionValueLength = 1_024;

    /// <summary>How far back a timestamp may lie.</summary>
    internal static readonly TimeSpan MaxAge = TimeSpan.FromDays(14);

    /// <summary>How far ahead a timestamp may lie.</summary>
    internal static readonly TimeSpan MaxAhead = TimeSpan.FromHours(2);

    /// <summary>The largest magnitude of a value: 2^360.</summary>
    internal static readonly double MaxMagnitude = Math.ScaleB(1, 360);
}
