namespace CloudObserve.Metrics.Aggregation;

/// <summary>Compares the ways a series is named: the same metric, unit and set of dimensions, in whatever order.</summary>
/// <param name="withValues">Whether dimension values count; without them two series of one metric with the same dimension names are equal.</param>
internal sealed class SeriesKeyComparer(bool withValues) : IEqualityComparer<SeriesKey>, IAlternateEqualityComparer<SeriesProbe, SeriesKey>
{
    public bool Equals(SeriesKey? x, SeriesKey? y) => ReferenceEquals(x, y) || (x is not null && y is not null && Equals(x.AsProbe(), y));

    public int GetHashCode(SeriesKey obj) => GetHashCode(obj.AsProbe());

    public SeriesKey Create(SeriesProbe alternate) => new(alternate);

    public int GetHashCode(SeriesProbe alternate)
    {
        ulong hash = StringHash.Of(alternate.Name) + (ulong)alternate.Unit;
        foreach (MetricDimension dimension in alternate.Dimensions)
        {
            // Addition commutes: the order of dimensions does not matter. Mixing name and value first keeps (a=b) and (b=a) apart.
            ulong name = StringHash.Of(dimension.Name);
            hash += withValues ? StringHash.Mix(name, StringHash.Of(dimension.Value)) : name;
        }

        return (int)(hash ^ (hash >> 32));
    }

    public bool Equals(SeriesProbe alternate, SeriesKey other)
    {
        ReadOnlySpan<MetricDimension> given = alternate.Dimensions;
        ReadOnlySpan<MetricDimension> kept = other.Dimensions;
        if (given.Length != kept.Length || alternate.Unit != other.Unit || alternate.Name != other.Name || alternate.Namespace != other.Namespace)
        {
            return false;
        }

        for (int i = 0; i < given.Length; i++)
        {
            // Callers nearly always give one order, so the same place is tried first.
            if (!Same(given[i], kept[i]) && !Contains(kept, given[i]))
            {
                return false;
            }
        }

        return true;
    }

    // Names are unique in a kept key, so containing each of as many dimensions means being the same set; a probe that repeats a name is never kept.
    private bool Contains(ReadOnlySpan<MetricDimension> kept, MetricDimension dimension)
    {
        foreach (MetricDimension other in kept)
        {
            if (Same(dimension, other))
            {
                return true;
            }
        }

        return false;
    }

    private bool Same(in MetricDimension x, in MetricDimension y) => x.Name == y.Name && (!withValues || x.Value == y.Value);
}
