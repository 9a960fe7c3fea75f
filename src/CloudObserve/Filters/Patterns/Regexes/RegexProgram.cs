namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>A compiled regular expression: says whether a text contains a match, in a fixed number of word operations for each byte.</summary>
/// <remarks>
/// Because the dialect has no groups, a branch is a row of positions, each of which may be repeated or passed over. All positions that are
/// alive are bits of one number, and a byte moves them all at once (the extended Shift-And of Navarro and Raffinot, with the branches side
/// by side). So there is no backtracking, no table that grows with the input, nothing to allocate and no shared state, and a hostile
/// expression costs no more than a harmless one of the same length.
/// </remarks>
/// <threadsafety>Immutable.</threadsafety>
internal abstract class RegexProgram(RegexLiterals? literals)
{
    internal static RegexProgram Create(RegexBits bits, byte[] byteClasses, ulong[] steps, RegexLiterals? literals) =>
        bits.Accept.Length == 1
            ? new OneWordRegexProgram(bits, byteClasses, steps, literals)
            : new ManyWordRegexProgram(bits, byteClasses, steps, literals);

    internal bool IsMatch(ReadOnlySpan<byte> utf8)
    {
        int start = literals is null ? 0 : literals.FirstStart(utf8);
        return start >= 0 && IsMatch(utf8, start);
    }

    /// <summary>Whether there is a match that begins at a byte or behind it.</summary>
    protected abstract bool IsMatch(ReadOnlySpan<byte> utf8, int start);
}
