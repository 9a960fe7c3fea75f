using CloudObserve.Metrics.Aggregation;

namespace CloudObserve.Metrics.Meters;

/// <summary>Compares tags as sets of names and texts, so that a span of tags finds a stored form without an allocation.</summary>
internal sealed class TagFormComparer
    : IEqualityComparer<TagForm>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, TagForm>
{
    internal static TagFormComparer Instance { get; } = new();

    public bool Equals(TagForm? x, TagForm? y) => ReferenceEquals(x, y) || (x is not null && y is not null && Equals(x.Tags.AsSpan(), y));

    public int GetHashCode(TagForm obj) => GetHashCode(obj.Tags.AsSpan());

    public TagForm Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) =>
        throw new NotSupportedException("A tag form can be added only together with its series.");

    public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
    {
        ulong hash = 0;
        foreach ((string name, object? value) in alternate)
        {
            // Addition commutes: the order of tags does not matter.
            ulong before = StringHash.Of(0, name);
            hash += value is string text ? StringHash.Of(before, text) : StringHash.Mix(before, HashOf(value));
        }

        return (int)(hash ^ (hash >> 32));
    }

    public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, TagForm other)
    {
        KeyValuePair<string, object?>[] kept = other.Tags;
        if (alternate.Length != kept.Length)
        {
            return false;
        }

        for (int i = 0; i < kept.Length; i++)
        {
            if (!Same(alternate[i], kept[i]))
            {
                return !other.HasDuplicates && ContainsAll(alternate, kept);
            }
        }

        return true;
    }

    // One direction suffices, because the stored names are distinct and both sets have the same size.
    private static bool ContainsAll(ReadOnlySpan<KeyValuePair<string, object?>> given, KeyValuePair<string, object?>[] kept)
    {
        foreach (ref readonly KeyValuePair<string, object?> tag in kept.AsSpan())
        {
            if (!Contains(given, tag))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Contains(ReadOnlySpan<KeyValuePair<string, object?>> given, in KeyValuePair<string, object?> kept)
    {
        foreach (ref readonly KeyValuePair<string, object?> tag in given)
        {
            if (Same(tag, kept))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Same(in KeyValuePair<string, object?> given, in KeyValuePair<string, object?> kept) =>
        given.Key == kept.Key
        && (given.Value is string text ? kept.Value is string other && text == other : SameValue(given.Value, kept.Value));

    private static bool SameValue(object? given, object? kept) => given switch
    {
        null => kept is null,
        int number => kept is int other && number == other,
        bool truth => kept is bool other && truth == other,
        long number => kept is long other && number == other,
        double number => kept is double other && BitConverter.DoubleToInt64Bits(number) == BitConverter.DoubleToInt64Bits(other),
        TagForm.Text text => kept is TagForm.Text other && text.Value == other.Value,
        _ => kept is TagForm.Text text && TagText.Matches(given, text.Value),
    };

    private static ulong HashOf(object? value) => value switch
    {
        null => 0,
        int number => (ulong)number,
        bool truth => truth ? 1u : 2u,
        long number => (ulong)number,
        double number => (ulong)BitConverter.DoubleToInt64Bits(number),
        TagForm.Text text => (ulong)string.GetHashCode(text.Value.AsSpan()),
        _ => (ulong)TagText.HashOf(value),
    };
}
