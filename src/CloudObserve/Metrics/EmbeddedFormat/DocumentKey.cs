using CloudObserve.Metrics.Aggregation;

namespace CloudObserve.Metrics.EmbeddedFormat;

/// <summary>The properties that metrics of one document share: namespace, dimensions and time.</summary>
internal readonly struct DocumentKey(SeriesIdentity series, DateTimeOffset time) : IEquatable<DocumentKey>
{
    private readonly string _namespace = series.Namespace;
    private readonly MetricDimension[] _dimensions = series.Dimensions;
    private readonly long _time = time.UtcTicks;

    public bool Equals(DocumentKey other) =>
        _time == other._time && _namespace == other._namespace && _dimensions.AsSpan().SequenceEqual(other._dimensions);

    public override bool Equals(object? obj) => obj is DocumentKey other && Equals(other);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(_time);
        hash.Add(_namespace);
        foreach (MetricDimension dimension in _dimensions)
        {
            hash.Add(dimension);
        }

        return hash.ToHashCode();
    }
}
