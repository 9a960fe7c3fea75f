using CloudObserve.Filters.Patterns;

namespace CloudObserve.Filters;

/// <summary>Combines a pattern with selectors of values in the events that match it.</summary>
/// <remarks>Created by <see cref="FilterPattern.Select"/>.</remarks>
/// <threadsafety>Immutable; one instance may be used by any number of threads.</threadsafety>
public sealed class FilterExtractor
{
    private readonly PatternGroup _group;

    internal FilterExtractor(FilterPattern pattern, PatternQuery query)
    {
        Pattern = pattern;
        Query = query;
        _group = new PatternGroup(query);
    }

    /// <summary>Gets the pattern.</summary>
    public FilterPattern Pattern { get; }

    /// <summary>Gets the number of selectors, which is the number of captures that a match fills.</summary>
    public int Count => Query.Captures.Length;

    internal PatternQuery Query { get; }

    /// <summary>Returns whether an event matches, and locates the selected values.</summary>
    /// <param name="utf8">The event's message.</param>
    /// <param name="captures">
    /// The captures in the order of the selectors, at least <see cref="Count"/>. Their content is valid only after a match.
    /// </param>
    /// <returns><see langword="true"/> if the event matches.</returns>
    /// <exception cref="ArgumentException"><paramref name="captures"/> is too short.</exception>
    public bool TryMatch(ReadOnlySpan<byte> utf8, Span<FilterCapture> captures)
    {
        if (captures.Length < Count)
        {
            throw new ArgumentException($"Room for {Count} captures is needed.", nameof(captures));
        }

        captures[..Count].Clear();
        return _group.IsMatch(utf8, captures);
    }
}
