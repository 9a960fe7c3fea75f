using CloudObserve.Metrics.Aggregation;

namespace CloudObserve.Metrics.Meters;

/// <summary>Compares the tags of measurements as sets, so that a span of them finds what was kept without an allocation.</summary>
internal sealed class TagSetComparer
    : IEqualityComparer<KeyValuePair<string, object?>[]>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, KeyValuePair<string, object?>[]>
{
    internal static TagSetComparer Instance { get; } = new();

    public bool Equals(KeyValuePair<string, object?>[]? x, KeyValuePair<string, object?>[]? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && Equals(x.AsSpan(), y));

    public int GetHashCode(KeyValuePair<string, object?>[] obj) => GetHashCode(obj.AsSpan());

    public KeyValuePair<string, object?>[] Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => alternate.ToArray();

    public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
    {
        ulong hash = 0;
        foreach ((string name, object? value) in alternate)
        {
            // Addition commutes: the order of tags does not matter.
            ulong before = StringHash.Of(0, name);
            hash += value is string text ? StringHash.Of(before, text) : StringHash.Mix(before, (ulong)(value?.GetHashCode() ?? 0));
        }

        return (int)(hash ^ (hash >> 32));
    }

    public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, KeyValuePair<string, object?>[] other)
    {
        if (alternate.Length != other.Length)
        {
            return false;
        }

        for (int i = 0; i < other.Length; i++)
        {
            // One direction is enough for sets of the same size, and a set that repeats a name is refused and never kept.
            if (!Same(alternate[i], other[i]) && !Contains(other, alternate[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Contains(KeyValuePair<string, object?>[] tags, in KeyValuePair<string, object?> tag)
    {
        foreach (KeyValuePair<string, object?> other in tags)
        {
            if (Same(tag, other))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Same(in KeyValuePair<string, object?> x, in KeyValuePair<string, object?> y) => x.Key == y.Key && Equals(x.Value, y.Value);
}
