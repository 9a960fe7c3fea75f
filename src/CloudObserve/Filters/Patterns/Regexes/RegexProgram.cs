namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>
/// Represents a compiled regular expression that tests whether a text contains a match, with a fixed number of word operations for each
/// byte.
/// </summary>
/// <remarks>
/// The dialect has no groups, so a branch is a sequence of positions, each of which may be repeated or skipped. All active positions are
/// bits of one number, and one byte advances them all at once (the extended Shift-And algorithm of Navarro and Raffinot, with the branches
/// side by side). So there is no backtracking, no table that grows with the input, no allocation and no shared state. A hostile expression
/// costs no more than a harmless one of the same length.
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

    /// <summary>Returns whether there is a match that begins at or after a byte.</summary>
    protected abstract bool IsMatch(ReadOnlySpan<byte> utf8, int start);
}
