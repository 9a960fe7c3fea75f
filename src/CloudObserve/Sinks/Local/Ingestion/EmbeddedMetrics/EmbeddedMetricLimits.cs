namespace CloudObserve.Sinks.Local.Ingestion.EmbeddedMetrics;

/// <summary>The limits of a document, from the specification of the embedded metric format and its JSON schema.</summary>
internal static class EmbeddedMetricLimits
{
    /// <summary>Embedded metric format: at most 100 metric definitions in a directive.</summary>
    internal const int MaxMetrics = 100;

    /// <summary>Embedded metric format: at most 100 numbers in the value of a metric.</summary>
    internal const int MaxValues = 100;

    /// <summary>Embedded metric format: according to the schema, the name of a dimension has at most 250 characters.</summary>
    internal const int MaxDimensionNameLength = 250;
}
