using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>A branch with its anchors resolved: what must stand between them, and whether they are there.</summary>
/// <param name="Items">Character elements only.</param>
/// <param name="FromStart">Whether it must begin where the text begins.</param>
/// <param name="ToEnd">Whether it must end where the text ends.</param>
internal sealed record RegexBranch(ImmutableArray<RegexItem> Items, bool FromStart, bool ToEnd)
{
    /// <summary>Resolves the anchors of a branch.</summary>
    /// <remarks>
    /// What stands before a <c>^</c> has to match nothing at all, and so has what stands behind a <c>$</c>. If it can, it may be left out;
    /// if it cannot, the branch never matches. Hence anchors need no place in the automaton.
    /// </remarks>
    internal static bool TryCreate(ImmutableArray<RegexItem> items, [NotNullWhen(true)] out RegexBranch? branch)
    {
        int start = items.LastIndexOf(RegexItem.Start);
        int end = items.IndexOf(RegexItem.End);
        branch = null;
        if (!AllNullable(items.AsSpan(0, start + 1)) || (end >= 0 && !AllNullable(items.AsSpan()[end..])))
        {
            return false;
        }

        int stop = end < 0 ? items.Length : Math.Max(end, start + 1);
        branch = new RegexBranch(items[(start + 1)..stop], start >= 0, end >= 0);
        return true;
    }

    private static bool AllNullable(ReadOnlySpan<RegexItem> items)
    {
        foreach (RegexItem item in items)
        {
            if (!item.IsNullable)
            {
                return false;
            }
        }

        return true;
    }
}
