using CloudObserve.Filters.Patterns;

namespace CloudObserve.Filters;

/// <summary>A pattern and the selectors of what is wanted from the events that match it. Made by <see cref="FilterPattern.Select"/>.</summary>
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

    /// <summary>Gets how many selectors there are, and so how many captures a match fills.</summary>
    public int Count => Query.Captures.Length;

    internal PatternQuery Query { get; }

    /// <summary>Says whether an event matches, and finds what the selectors select.</summary>
    /// <param name="utf8">The event's message.</param>
    /// <param name="captures">Room for <see cref="Count"/> captures, in the order of the selectors. Its content is of use only after a match.</param>
    /// <returns>Whether the event matches.</returns>
    /// <exception cref="ArgumentException"><paramref name="captures"/> has too little room.</exception>
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
