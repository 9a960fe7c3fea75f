using System.Text;
using System.Text.Json;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>The identity of a metric in CloudWatch (namespace, name and exact set of dimensions) with its unit and resolution.</summary>
internal sealed class SeriesIdentity : IEquatable<SeriesIdentity>
{
    private readonly int _hash;

    internal SeriesIdentity(
        string @namespace, string name, MetricUnit unit, StorageResolution resolution, IEnumerable<MetricDimension> dimensions)
    {
        Namespace = @namespace;
        Name = name;
        Unit = unit;
        Resolution = resolution;
        Dimensions = [.. dimensions.OrderBy(d => d.Name, StringComparer.Ordinal)];
        HashCode hash = default;
        hash.Add(@namespace);
        hash.Add(name);
        hash.Add(unit);
        foreach (MetricDimension dimension in Dimensions)
        {
            hash.Add(dimension);
        }

        _hash = hash.ToHashCode();
        DatumPrefix = Encode();
    }

    internal string Namespace { get; }

    internal string Name { get; }

    internal MetricUnit Unit { get; }

    internal StorageResolution Resolution { get; }

    /// <summary>Gets the dimensions, sorted by name.</summary>
    internal MetricDimension[] Dimensions { get; }

    /// <summary>Gets the encoded start of every datum of this series, up to and including <c>"Timestamp":</c>.</summary>
    internal byte[] DatumPrefix { get; }

    public bool Equals(SeriesIdentity? other) =>
        other is not null
        && _hash == other._hash
        && Unit == other.Unit
        && Resolution == other.Resolution
        && Name == other.Name
        && Namespace == other.Namespace
        && Dimensions.AsSpan().SequenceEqual(other.Dimensions);

    public override bool Equals(object? obj) => Equals(obj as SeriesIdentity);

    public override int GetHashCode() => _hash;

    public override string ToString() => $"{Namespace}/{Name}{{{string.Join(',', Dimensions)}}}";

    private byte[] Encode()
    {
        StringBuilder json = new();
        _ = json.Append("{\"MetricName\":\"").Append(JsonEncodedText.Encode(Name)).Append('"');
        if (Dimensions.Length > 0)
        {
            _ = json.Append(",\"Dimensions\":[").AppendJoin(',', Dimensions.Select(EncodeDimension)).Append(']');
        }

        if (Unit != MetricUnit.None)
        {
            _ = json.Append(",\"Unit\":\"").Append(MetricUnitNames.Of(Unit)).Append('"');
        }

        if (Resolution == StorageResolution.High)
        {
            _ = json.Append(",\"StorageResolution\":1");
        }

        return Encoding.UTF8.GetBytes(json.Append(",\"Timestamp\":").ToString());
    }

    private static string EncodeDimension(MetricDimension d) =>
        $"{{\"Name\":\"{JsonEncodedText.Encode(d.Name)}\",\"Value\":\"{JsonEncodedText.Encode(d.Value)}\"}}";
}
