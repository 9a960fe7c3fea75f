namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>A text that every match of a branch contains.</summary>
/// <param name="Text">The text.</param>
/// <param name="Reach">How many bytes of the match may stand before it; <see langword="null"/> if there is no bound.</param>
internal readonly record struct RegexLiteral(byte[] Text, int? Reach)
{
    /// <summary>Finds the longest literal of a branch, an empty one if it has none.</summary>
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
                // What follows b+ comes behind any number of b, and the last of them stands right before it.
                int kept = isLiteral ? item.Min : 0;
                before += run.Count - (isLiteral ? item.Min : 0) + most - kept;
                run = [.. Enumerable.Repeat(character, kept)];
            }
        }

        return longest;
    }
}
