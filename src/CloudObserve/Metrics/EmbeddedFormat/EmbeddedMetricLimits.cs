namespace CloudObserve.Metrics.EmbeddedFormat;

/// <summary>What CloudWatch takes metrics from, as the specification of the embedded metric format states it.</summary>
internal static class EmbeddedMetricLimits
{
    /// <summary>The root member that makes a log event a document.</summary>
    internal const string RootMember = "_aws";

    /// <summary>Embedded metric format: at most 100 metric definitions in a directive. A document here has one directive.</summary>
    internal const int MaxMetrics = 100;

    /// <summary>Embedded metric format: at most 100 numbers in a metric's array.</summary>
    internal const int MaxValues = 100;

    /// <summary>Embedded metric format: a dimension's name has at most 250 characters, where the metric store takes 255.</summary>
    internal const int MaxDimensionNameLength = 250;
}
