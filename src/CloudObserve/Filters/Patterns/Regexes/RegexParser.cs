using System.Collections.Immutable;

namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>Parses <c>%…%</c>.</summary>
/// <remarks>Syntax that the service does not support is an error that names the alternative.</remarks>
internal sealed class RegexParser(PatternCursor cursor)
{
    private readonly RegexSetParser _sets = new(cursor, cursor.Position);
    private int _positions;

    /// <summary>Parses from the opening to the closing percent sign.</summary>
    /// <returns>The expression, or <see langword="null"/> if the cursor holds an error.</returns>
    internal RegexSyntax? Parse()
    {
        int opening = cursor.Position++;
        int start = cursor.Position;
        ImmutableArray<ImmutableArray<RegexItem>>.Builder branches = ImmutableArray.CreateBuilder<ImmutableArray<RegexItem>>();
        do
        {
            if (!TryBranch(opening, out ImmutableArray<RegexItem> branch))
            {
                return null;
            }

            branches.Add(branch);
        }
        while (cursor.TryTake('|'));

        string source = cursor.Text[start..cursor.Position];
        if (source.Length == 0)
        {
            cursor.Fail("expected a regular expression between the % signs");
            return null;
        }

        cursor.Position++;
        return new RegexSyntax(source, branches.ToImmutable());
    }

    private bool TryBranch(int opening, out ImmutableArray<RegexItem> branch)
    {
        ImmutableArray<RegexItem>.Builder items = ImmutableArray.CreateBuilder<RegexItem>();
        branch = [];

        // The automaton has one position in front of each branch, which only starts it.
        _positions++;
        while (cursor.Current is not ('%' or '|'))
        {
            if (cursor.AtEnd)
            {
                return cursor.Fail("expected a second % that ends the regular expression", opening);
            }

            if (!TryItem(out RegexItem item) || !Fits(item))
            {
                return false;
            }

            items.Add(item);
        }

        branch = items.ToImmutable();
        return true;
    }

    private bool Fits(RegexItem item)
    {
        _positions += item.Positions;
        return _positions <= FilterPatternLimits.MaxRegexPositions || cursor.Fail(
            $"the regular expression has more than {FilterPatternLimits.MaxRegexPositions} positions when its repetitions are written out");
    }

    private bool TryItem(out RegexItem item)
    {
        item = cursor.Current == '^' ? RegexItem.Start : RegexItem.End;
        if (cursor.Current is '^' or '$')
        {
            cursor.Position++;
            return cursor.Current is not ('*' or '+' or '?' or '{') || cursor.Fail("an anchor cannot be repeated");
        }

        return _sets.TryParse(out CharacterSet set) && new RegexQuantifierParser(cursor).TryParse(set, out item);
    }
}
