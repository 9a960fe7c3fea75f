using CloudObserve.Filters.Patterns;

namespace CloudObserve.Filters;

/// <summary>Many patterns evaluated against one event: JSON is read once for all of them, and fields are split once.</summary>
/// <threadsafety>Immutable; one instance may be used by any number of threads.</threadsafety>
public sealed class FilterPatternSet
{
    private readonly PatternGroup _group;

    /// <summary>Initializes a new instance of the <see cref="FilterPatternSet"/> class.</summary>
    /// <param name="patterns">The patterns, each with its selectors; <see cref="FilterPattern.Select"/> without arguments gives one without.</param>
    public FilterPatternSet(params ReadOnlySpan<FilterExtractor> patterns)
    {
        PatternQuery[] queries = new PatternQuery[patterns.Length];
        for (int i = 0; i < queries.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(patterns[i], nameof(patterns));
            queries[i] = patterns[i].Query;
        }

        _group = new PatternGroup(queries);
    }

    /// <summary>Gets how many patterns there are.</summary>
    public int Count => _group.Count;

    /// <summary>Gets how many words the result of a match takes, a bit for each pattern.</summary>
    public int MatchWords => (Count + 63) >> 6;

    /// <summary>Gets how many captures all the selectors of all the patterns fill.</summary>
    public int CaptureCount => _group.CaptureCount;

    /// <summary>Gets where the captures of a pattern begin.</summary>
    /// <param name="pattern">The pattern's index.</param>
    /// <returns>The index of the first of them.</returns>
    public int FirstCapture(int pattern) => _group.FirstCapture(pattern);

    /// <summary>Evaluates all patterns.</summary>
    /// <param name="utf8">The event's message.</param>
    /// <param name="matches">At least <see cref="MatchWords"/> words. Bit n of them, from the lowest of the first word, is set when pattern n matches.</param>
    /// <param name="captures">Room for <see cref="CaptureCount"/> captures. Those of a pattern are of use only if it matches.</param>
    /// <returns>Whether any pattern matches.</returns>
    /// <exception cref="ArgumentException">There is too little room.</exception>
    public bool Match(ReadOnlySpan<byte> utf8, Span<ulong> matches, Span<FilterCapture> captures)
    {
        if (matches.Length < MatchWords || captures.Length < CaptureCount)
        {
            throw new ArgumentException($"Room for {MatchWords} words and {CaptureCount} captures is needed.", nameof(matches));
        }

        matches.Clear();
        captures[..CaptureCount].Clear();
        _group.Match(utf8, matches, captures);
        return matches.ContainsAnyExcept(0UL);
    }
}
