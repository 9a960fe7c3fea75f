namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>The body of <c>PutMetricData</c> as read, checked as JSON only.</summary>
internal sealed class PutMetricDataBody
{
    internal string? Namespace { get; set; }

    internal List<WireDatum> MetricData { get; set; } = [];

    /// <summary>Gets or sets the datums that belong to entities, or <see langword="null"/> if the member is absent.</summary>
    internal List<WireEntityMetricData>? EntityMetricData { get; set; }

    internal bool? StrictEntityValidation { get; set; }
}
