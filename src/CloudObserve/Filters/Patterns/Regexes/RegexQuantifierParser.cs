using System.Globalization;

namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>Parses the repetition of a character: none, <c>* + ?</c> or <c>{m,n}</c>.</summary>
internal readonly ref struct RegexQuantifierParser(PatternCursor cursor)
{
    internal bool TryParse(CharacterSet set, out RegexItem item)
    {
        item = cursor.Current switch
        {
            '*' => new RegexItem(RegexItemKind.Characters, set, 0, null),
            '+' => new RegexItem(RegexItemKind.Characters, set, 1, null),
            '?' => new RegexItem(RegexItemKind.Characters, set, 0, 1),
            _ => RegexItem.Once(set),
        };
        if (cursor.Current == '{')
        {
            return TryBounds(set, out item) && NotTwice();
        }

        if (cursor.Current is '*' or '+' or '?')
        {
            cursor.Position++;
            return NotTwice();
        }

        return true;
    }

    private bool NotTwice() => cursor.Current is not ('*' or '+' or '?' or '{')
        || cursor.Fail("a character can have one repetition only; lazy and possessive repetitions are not supported");

    private bool TryBounds(CharacterSet set, out RegexItem item)
    {
        int opening = cursor.Position++;
        item = default;
        int? min = Number();
        bool ranged = cursor.TryTake(',');
        int? max = ranged ? Number() : min;
        if ((min ?? max) is null || !cursor.TryTake('}'))
        {
            return cursor.Fail("expected a repetition such as {3}, {3,}, {,5} or {3,5}; for the character itself write \\{", opening);
        }

        if (max < (min ?? 0))
        {
            return cursor.Fail("the repetition's lower bound is above its upper bound", opening);
        }

        item = new RegexItem(RegexItemKind.Characters, set, min ?? 0, max);
        return true;
    }

    // A number with too many digits is replaced by one that exceeds the limit of positions anyway.
    private int? Number()
    {
        int start = cursor.Position;
        while (char.IsAsciiDigit(cursor.Current))
        {
            cursor.Position++;
        }

        ReadOnlySpan<char> digits = cursor.Text.AsSpan(start, cursor.Position - start).TrimStart('0');
        return cursor.Position == start ? null
            : digits.IsEmpty ? 0
            : digits.Length > 6 ? 1_000_000
            : int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
