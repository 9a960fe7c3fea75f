namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>The body of <c>PutMetricData</c> as it was read, before any rule but JSON's own has been checked.</summary>
internal sealed class PutMetricDataBody
{
    internal string? Namespace { get; set; }

    internal List<WireDatum> MetricData { get; set; } = [];

    /// <summary>Gets or sets the datums that belong to entities; <see langword="null"/> when the member is absent.</summary>
    internal List<WireEntityMetricData>? EntityMetricData { get; set; }

    internal bool? StrictEntityValidation { get; set; }
}
