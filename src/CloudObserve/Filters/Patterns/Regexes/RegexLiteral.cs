namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>Represents a text that every match of a branch contains.</summary>
/// <param name="Text">The text.</param>
/// <param name="Reach">The largest number of bytes of the match before the text; <see langword="null"/> if it is unlimited.</param>
internal readonly record struct RegexLiteral(byte[] Text, int? Reach)
{
    /// <summary>Returns the longest literal of a branch; empty if it has none.</summary>
    internal static RegexLiteral LongestOf(RegexBranch branch)
    {
        List<byte> run = [];
        int? before = 0;
        RegexLiteral longest = new([], 0);
        foreach (RegexItem item in branch.Items)
        {
            int? most = item.Set.BeyondAscii ? null : item.Max;
            bool isLiteral = item.Set.IsSingle(out byte character) && item.Min > 0;
            if (isLiteral)
            {
                run.AddRange(Enumerable.Repeat(character, item.Min));
            }

            longest = run.Count > longest.Text.Length ? new RegexLiteral([.. run], before) : longest;
            if (!isLiteral || item.Max != item.Min)
            {
                // In b+c any number of b may precede c, and the last one stands directly before it.
                int kept = isLiteral ? item.Min : 0;
                before += run.Count - (isLiteral ? item.Min : 0) + most - kept;
                run = [.. Enumerable.Repeat(character, kept)];
            }
        }

        return longest;
    }
}
