namespace CloudObserve.Metrics.Meters;

/// <summary>A set of tags as the application passes it, and the series it maps to.</summary>
/// <remarks>Several forms may be sent as the same dimensions, such as <c>1</c> and <c>"1"</c>.</remarks>
/// <threadsafety>Immutable except for <see cref="TakeHits"/>; safe for concurrent use.</threadsafety>
internal sealed class TagForm
{
    private long _hits;

    private TagForm(KeyValuePair<string, object?>[] tags, bool hasDuplicates, TagSeries series, TagRepairs repairs)
    {
        Tags = tags;
        HasDuplicates = hasDuplicates;
        Series = series;
        Repairs = repairs;
    }

    /// <summary>Gets the tags as they were passed, with values that may change stored as <see cref="Text"/>.</summary>
    /// <remarks>A value is also stored as its text if its equality differs from that of its text.</remarks>
    internal KeyValuePair<string, object?>[] Tags { get; }

    /// <summary>Gets a value indicating whether a name occurs twice, so that the order of the tags matters.</summary>
    internal bool HasDuplicates { get; }

    internal TagSeries Series { get; }

    internal TagRepairs Repairs { get; }

    internal static TagForm Create(
        ReadOnlySpan<KeyValuePair<string, object?>> tags, ReadOnlySpan<string> texts, TagSeries series, TagRepairs repairs)
    {
        KeyValuePair<string, object?>[] kept = tags.ToArray();
        for (int i = 0; i < kept.Length; i++)
        {
            kept[i] = IsPlain(kept[i].Value) ? kept[i] : new(kept[i].Key, new Text(texts[i]));
        }

        HashSet<string> names = new(kept.Length, StringComparer.Ordinal);
        return new TagForm(kept, !kept.All(tag => names.Add(tag.Key ?? "")), series, repairs);
    }

    internal void CountHit() => Interlocked.Increment(ref _hits);

    /// <summary>Returns the number of measurements since the last call and resets it. Counted only for forms with repairs.</summary>
    internal long TakeHits() => Interlocked.Exchange(ref _hits, 0);

    // Values of these types are equal exactly if their texts are equal, and comparing them costs less than comparing their texts.
    private static bool IsPlain(object? value) => value is null or string or int or bool or long or double;

    /// <summary>The text of a value.</summary>
    /// <param name="Value">The text.</param>
    internal sealed record Text(string Value);
}
