namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>One statistic set as read. An absent member is <see langword="null"/>.</summary>
internal sealed class WireStatisticSet
{
    internal double? SampleCount { get; set; }

    internal double? Sum { get; set; }

    internal double? Minimum { get; set; }

    internal double? Maximum { get; set; }
}
