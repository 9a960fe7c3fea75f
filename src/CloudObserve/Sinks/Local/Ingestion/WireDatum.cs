namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>One datum as read. An absent member is <see langword="null"/>.</summary>
internal sealed class WireDatum
{
    internal string? MetricName { get; set; }

    internal List<WireDimension>? Dimensions { get; set; }

    /// <summary>Gets or sets the time in seconds since 1970, as in AWS JSON.</summary>
    internal double? Timestamp { get; set; }

    internal string? Unit { get; set; }

    internal double? StorageResolution { get; set; }

    internal double? Value { get; set; }

    internal List<double>? Values { get; set; }

    internal List<double>? Counts { get; set; }

    internal WireStatisticSet? StatisticValues { get; set; }
}
