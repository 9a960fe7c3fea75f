namespace CloudObserve.Metrics.EmbeddedFormat;

/// <summary>The limits of the embedded metric format, as its specification states them.</summary>
internal static class EmbeddedMetricLimits
{
    /// <summary>The name of the root member that marks a log event as a document.</summary>
    internal const string RootMember = "_aws";

    /// <summary>Embedded metric format: at most 100 metric definitions in a directive. A document here has one directive.</summary>
    internal const int MaxMetrics = 100;

    /// <summary>Embedded metric format: at most 100 numbers in a metric's array.</summary>
    internal const int MaxValues = 100;

    /// <summary>Embedded metric format: a dimension name has at most 250 characters; the metric store accepts 255.</summary>
    internal const int MaxDimensionNameLength = 250;
}
