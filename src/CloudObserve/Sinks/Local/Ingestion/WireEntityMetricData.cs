namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>One item of <c>EntityMetricData</c> as read: an entity and its datums.</summary>
internal sealed class WireEntityMetricData
{
    /// <summary>
    /// Gets or sets the entity's <c>KeyAttributes</c>, or <see langword="null"/> if the entity or the attributes are absent.
    /// </summary>
    internal Dictionary<string, string?>? KeyAttributes { get; set; }

    /// <summary>
    /// Gets or sets the entity's <c>Attributes</c>, or <see langword="null"/> if the entity or the attributes are absent.
    /// </summary>
    internal Dictionary<string, string?>? Attributes { get; set; }

    internal List<WireDatum> MetricData { get; set; } = [];
}
