namespace CloudObserve.Filters.Patterns;

/// <summary>Evaluates patterns of one kind together, so that shared work is done once for an event.</summary>
/// <threadsafety>Immutable; safe for concurrent use.</threadsafety>
internal abstract class PatternEvaluator
{
    /// <summary>Sets the bit of each pattern that matches, and fills its captures.</summary>
    /// <param name="utf8">The event.</param>
    /// <param name="matches">One bit for each pattern; all clear on entry.</param>
    /// <param name="captures">
    /// The captures of all patterns; empty on entry. Captures of a pattern that does not match may be filled too.
    /// </param>
    internal abstract void Match(ReadOnlySpan<byte> utf8, Span<ulong> matches, Span<FilterCapture> captures);

    /// <summary>Evaluates the only pattern of the evaluator.</summary>
    internal virtual bool IsMatch(ReadOnlySpan<byte> utf8, Span<FilterCapture> captures)
    {
        ulong matches = 0;
        Match(utf8, new Span<ulong>(ref matches), captures);
        return matches != 0;
    }
}
