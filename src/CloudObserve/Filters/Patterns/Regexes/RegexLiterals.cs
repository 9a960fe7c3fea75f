namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>A literal for each branch, so that a vectorised search turns most events away and finds where in the others to begin.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class RegexLiterals
{
    private readonly RegexLiteral[] _literals;

    private RegexLiterals(RegexLiteral[] literals) => _literals = literals;

    /// <summary>Finds the literals; <see langword="null"/> when some branch has none, so that nothing can be concluded.</summary>
    internal static RegexLiterals? Of(List<RegexBranch> branches)
    {
        RegexLiteral[] literals = [.. branches.Select(RegexLiteral.LongestOf)];
        return Array.TrueForAll(literals, static literal => literal.Text.Length > 0) ? new RegexLiterals(literals) : null;
    }

    /// <summary>Finds the first byte at which a match can begin.</summary>
    /// <returns>Its index; -1 when no branch can match.</returns>
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
