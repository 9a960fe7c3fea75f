using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>Represents a branch with resolved anchors: its characters, and whether it is anchored.</summary>
/// <param name="Items">The elements, without anchors.</param>
/// <param name="FromStart">Whether a match must begin at the start of the text.</param>
/// <param name="ToEnd">Whether a match must end at the end of the text.</param>
internal sealed record RegexBranch(ImmutableArray<RegexItem> Items, bool FromStart, bool ToEnd)
{
    /// <summary>Resolves the anchors of a branch.</summary>
    /// <remarks>
    /// Elements before a <c>^</c> must match the empty text, and so must elements after a <c>$</c>. If they can, they are removed; if they
    /// cannot, the branch never matches. So the automaton needs no positions for anchors.
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
