using CloudObserve.Filters.Patterns;

namespace CloudObserve.Filters;

/// <summary>Evaluates many patterns against one event.</summary>
/// <remarks>JSON is read once and fields are split once for all patterns.</remarks>
/// <threadsafety>Immutable; one instance may be used by any number of threads.</threadsafety>
public sealed class FilterPatternSet
{
    private readonly PatternGroup _group;

    /// <summary>Initializes a new instance of the <see cref="FilterPatternSet"/> class.</summary>
    /// <param name="patterns">
    /// The patterns with their selectors. Use <see cref="FilterPattern.Select"/> without arguments for a pattern without selectors.
    /// </param>
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

    /// <summary>Gets the number of patterns.</summary>
    public int Count => _group.Count;

    /// <summary>Gets the number of 64-bit words in the result of a match.</summary>
    /// <remarks>The result has one bit for each pattern.</remarks>
    public int MatchWords => (Count + 63) >> 6;

    /// <summary>Gets the number of captures for all selectors of all patterns.</summary>
    public int CaptureCount => _group.CaptureCount;

    /// <summary>Returns the index of the first capture of a pattern.</summary>
    /// <param name="pattern">The pattern's index.</param>
    /// <returns>The index of the first capture.</returns>
    public int FirstCapture(int pattern) => _group.FirstCapture(pattern);

    /// <summary>Evaluates all patterns.</summary>
    /// <param name="utf8">The event's message.</param>
    /// <param name="matches">
    /// The result, at least <see cref="MatchWords"/> words. Bit n, counted from the lowest bit of the first word, is set when pattern n
    /// matches.
    /// </param>
    /// <param name="captures">
    /// The captures, at least <see cref="CaptureCount"/>. The captures of a pattern are valid only if it matches.
    /// </param>
    /// <returns><see langword="true"/> if any pattern matches.</returns>
    /// <exception cref="ArgumentException">A span is too short.</exception>
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
