namespace CloudObserve.Filters.Patterns;

/// <summary>Evaluates the patterns of one kind together: what they have in common is done once for an event.</summary>
/// <threadsafety>Immutable; safe for concurrent use.</threadsafety>
internal abstract class PatternEvaluator
{
    /// <summary>Sets the bit of each pattern that matches, and fills its slots.</summary>
    /// <param name="utf8">The event.</param>
    /// <param name="matches">A bit for each pattern, clear on entry.</param>
    /// <param name="captures">The slots of all patterns, empty on entry. Those of a pattern that does not match may be filled too.</param>
    internal abstract void Match(ReadOnlySpan<byte> utf8, Span<ulong> matches, Span<FilterCapture> captures);

    /// <summary>Evaluates the only pattern there is.</summary>
    internal virtual bool IsMatch(ReadOnlySpan<byte> utf8, Span<FilterCapture> captures)
    {
        ulong matches = 0;
        Match(utf8, new Span<ulong>(ref matches), captures);
        return matches != 0;
    }
}
