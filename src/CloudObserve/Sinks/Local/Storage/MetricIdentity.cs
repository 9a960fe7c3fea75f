using CloudObserve.Metrics;

namespace CloudObserve.Sinks.Local.Storage;

/// <summary>The identity of a metric: its namespace, its name and its exact set of dimensions, in any order.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class MetricIdentity : IEquatable<MetricIdentity>
{
    private const int BytesPerString = 24;

    private readonly MetricDimension[] _dimensions;
    private readonly int _hash;

    internal MetricIdentity(string metricNamespace, string name, IEnumerable<MetricDimension> dimensions)
    {
        Namespace = metricNamespace;
        Name = name;
        _dimensions = [.. dimensions];
        Array.Sort(_dimensions, Compare);
        HashCode hash = default;
        hash.Add(Namespace, StringComparer.Ordinal);
        hash.Add(Name, StringComparer.Ordinal);
        foreach (MetricDimension dimension in _dimensions)
        {
            hash.Add(dimension);
        }

        _hash = hash.ToHashCode();
        Bytes = SizeOf(Namespace) + SizeOf(Name) + _dimensions.Sum(d => SizeOf(d.Name) + SizeOf(d.Value));
    }

    internal string Namespace { get; }

    internal string Name { get; }

    internal IReadOnlyList<MetricDimension> Dimensions => _dimensions;

    /// <summary>Gets an estimate of the memory used, in bytes.</summary>
    internal long Bytes { get; }

    public bool Equals(MetricIdentity? other) =>
        other is not null
        && _hash == other._hash
        && string.Equals(Namespace, other.Namespace, StringComparison.Ordinal)
        && string.Equals(Name, other.Name, StringComparison.Ordinal)
        && _dimensions.AsSpan().SequenceEqual(other._dimensions);

    public override bool Equals(object? obj) => Equals(obj as MetricIdentity);

    public override int GetHashCode() => _hash;

    private static int Compare(MetricDimension left, MetricDimension right)
    {
        int byName = string.CompareOrdinal(left.Name, right.Name);
        return byName != 0 ? byName : string.CompareOrdinal(left.Value, right.Value);
    }

    private static long SizeOf(string text) => BytesPerString + (2L * text.Length);
}
