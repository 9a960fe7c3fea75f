namespace CloudObserve.Sinks.Local.Ingestion.EmbeddedMetrics;

/// <summary>What CloudWatch allows in a document. Source: the specification of the embedded metric format, and its JSON schema.</summary>
internal static class EmbeddedMetricLimits
{
    /// <summary>Embedded metric format: at most 100 metric definitions in a directive.</summary>
    internal const int MaxMetrics = 100;

    /// <summary>Embedded metric format: at most 100 numbers in a metric's target.</summary>
    internal const int MaxValues = 100;

    /// <summary>Embedded metric format: the name of a dimension has at most 250 characters by the schema.</summary>
    internal const int MaxDimensionNameLength = 250;
}
