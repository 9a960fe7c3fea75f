namespace CloudObserve.Metrics.Aggregation;

/// <summary>A series as the caller names it, held on the caller's stack so that a successful look-up allocates nothing.</summary>
internal readonly ref struct SeriesProbe(string @namespace, string name, MetricUnit unit, ReadOnlySpan<MetricDimension> dimensions)
{
    internal readonly string Namespace = @namespace;
    internal readonly string Name = name;
    internal readonly MetricUnit Unit = unit;
    internal readonly ReadOnlySpan<MetricDimension> Dimensions = dimensions;
}
