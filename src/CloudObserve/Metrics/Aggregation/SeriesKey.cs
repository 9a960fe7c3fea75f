namespace CloudObserve.Metrics.Aggregation;

/// <summary>A <see cref="SeriesProbe"/> that is kept: the way a caller names a series, before defaults and configuration are applied.</summary>
internal sealed class SeriesKey(in SeriesProbe probe)
{
    internal string Namespace { get; } = probe.Namespace;

    internal string Name { get; } = probe.Name;

    internal MetricUnit Unit { get; } = probe.Unit;

    internal MetricDimension[] Dimensions { get; } = probe.Dimensions.ToArray();

    internal SeriesProbe AsProbe() => new(Namespace, Name, Unit, Dimensions);
}
