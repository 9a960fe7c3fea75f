namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>The body of <c>PutMetricData</c> as it was read, before any rule but JSON's own has been checked.</summary>
internal sealed class PutMetricDataBody
{
    internal string? Namespace { get; set; }

    internal List<WireDatum> MetricData { get; set; } = [];
}
