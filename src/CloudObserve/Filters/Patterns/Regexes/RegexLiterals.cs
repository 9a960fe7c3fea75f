namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>For each branch a text that every match of it contains, so that most events are turned away by a vectorised search.</summary>
internal sealed class RegexLiterals
{
    private readonly byte[][] _literals;

    private RegexLiterals(byte[][] literals) => _literals = literals;

    /// <summary>Finds the literals; <see langword="null"/> when some branch has none, so that nothing can be concluded.</summary>
    internal static RegexLiterals? Of(List<RegexBranch> branches)
    {
        byte[][] literals = [.. branches.Select(Longest)];
        return Array.TrueForAll(literals, static literal => literal.Length > 0) ? new RegexLiterals(literals) : null;
    }

    /// <summary>Whether the text contains the literal of some branch. If not, it cannot match.</summary>
    internal bool MayMatch(ReadOnlySpan<byte> utf8)
    {
        foreach (byte[] literal in _literals)
        {
            WorkMeter.Add(utf8.Length);
            if (utf8.IndexOf(literal) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] Longest(RegexBranch branch)
    {
        List<byte> run = [];
        List<byte> longest = [];
        foreach (RegexItem item in branch.Items)
        {
            bool isLiteral = item.Set.IsSingle(out byte character) && item.Min > 0;
            if (isLiteral)
            {
                run.AddRange(Enumerable.Repeat(character, item.Min));
            }

            longest = run.Count > longest.Count ? [.. run] : longest;
            if (!isLiteral)
            {
                run.Clear();
            }
            else if (item.Max != item.Min)
            {
                // What follows b+ comes behind any number of b, and the last of them stands right before it.
                run = [.. Enumerable.Repeat(character, item.Min)];
            }
        }

        return [.. longest];
    }
}
