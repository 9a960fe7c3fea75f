namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>Holds a literal for each branch.</summary>
/// <remarks>A vectorized search for them rejects most events and finds the possible start in the others.</remarks>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class RegexLiterals
{
    private readonly RegexLiteral[] _literals;

    private RegexLiterals(RegexLiteral[] literals) => _literals = literals;

    /// <summary>Finds the literals.</summary>
    /// <remarks>Returns <see langword="null"/> if a branch has none, because then no event can be rejected.</remarks>
    internal static RegexLiterals? Of(List<RegexBranch> branches)
    {
        RegexLiteral[] literals = [.. branches.Select(RegexLiteral.LongestOf)];
        return Array.TrueForAll(literals, static literal => literal.Text.Length > 0) ? new RegexLiterals(literals) : null;
    }

    /// <summary>Finds the first byte at which a match can begin.</summary>
    /// <returns>The index of the byte; -1 if no branch can match.</returns>
    internal int FirstStart(ReadOnlySpan<byte> utf8)
    {
        int first = int.MaxValue;
        foreach (RegexLiteral literal in _literals)
        {
            WorkMeter.Add(utf8.Length);
            int found = utf8.IndexOf(literal.Text);
            if (found >= 0)
            {
                first = Math.Min(first, Math.Max(0, found - (literal.Reach ?? found)));
            }
        }

        return first == int.MaxValue ? -1 : first;
    }
}
