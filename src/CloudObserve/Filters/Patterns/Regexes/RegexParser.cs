using System.Buffers;
using System.Collections.Immutable;
using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>Reads <c>%…%</c>. Everything the service's dialect does not have is an error that says what to write instead.</summary>
internal sealed class RegexParser(PatternCursor cursor)
{
    private const string Operators = "^$?[]{}|\\*+.";
    private static readonly SearchValues<char> Literals =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:_#=@/;,- ");

    private int _positions;

    /// <summary>Reads from the opening to the closing per cent sign.</summary>
    /// <returns>The expression, or <see langword="null"/> when the cursor has the error.</returns>
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
            $"the regular expression comes to more than {FilterPatternLimits.MaxRegexPositions} characters with its repetitions written out");
    }

    private bool TryItem(out RegexItem item)
    {
        item = cursor.Current == '^' ? RegexItem.Start : RegexItem.End;
        if (cursor.Current is '^' or '$')
        {
            cursor.Position++;
            return cursor.Current is not ('*' or '+' or '?' or '{') || cursor.Fail("an anchor cannot be repeated");
        }

        return TrySet(out CharacterSet set) && new RegexQuantifierParser(cursor).TryParse(set, out item);
    }

    private bool TrySet(out CharacterSet set)
    {
        char current = cursor.Current;
        set = CharacterSet.Dot;
        switch (current)
        {
            case '.':
                cursor.Position++;
                return true;
            case '[':
                return TryClass(out set);
            case '\\':
                return TryEscape(out set);
            case '*' or '+' or '?' or '{':
                return cursor.Fail($"there is nothing before '{current}' to repeat; for the character itself write \\{current}");
            case ']' or '}':
                return cursor.Fail($"'{current}' closes nothing here; for the character itself write \\{current}");
            default:
                return TryLiteral(out set);
        }
    }

    private bool TryLiteral(out CharacterSet set)
    {
        char current = cursor.Current;
        set = default;
        if (!Literals.Contains(current))
        {
            return cursor.Fail(Rejection(current));
        }

        cursor.Position++;
        set = CharacterSet.Single(current);
        return true;
    }

    private static string Rejection(char current) => current switch
    {
        '(' or ')' => $"regular expressions have no groups here; for the character itself write \\x{(int)current:X2}",
        > '\x7F' => "regular expressions take ASCII characters only; '.' and negated classes match any other",
        _ => $"regular expressions do not take this character; write \\x{(int)current:X2}",
    };

    private bool TryClass(out CharacterSet set)
    {
        int opening = cursor.Position++;
        bool negated = cursor.TryTake('^');
        set = default;
        while (!cursor.TryTake(']'))
        {
            if (cursor.AtEnd || cursor.Current == '%')
            {
                return cursor.Fail("expected a ']' that ends the class", opening);
            }

            if (!TryMember(out CharacterSet member))
            {
                return false;
            }

            set |= member;
        }

        if (set == default)
        {
            return cursor.Fail("expected a character in the class; for a ']' write \\]", opening);
        }

        set = negated ? ~set : set;
        return true;
    }

    private bool TryMember(out CharacterSet member)
    {
        if (!TryMemberCharacter(out member) || cursor.Current != '-' || cursor.Peek(1) is ']' or '%')
        {
            return cursor.Error is null;
        }

        int dash = cursor.Position++;
        if (!TryMemberCharacter(out CharacterSet to))
        {
            return false;
        }

        if (!member.IsSingle(out byte first) || !to.IsSingle(out byte last) || last < first)
        {
            return cursor.Fail("expected a range from a lower to a higher character; for a '-' write it last", dash);
        }

        member = CharacterSet.Range((char)first, (char)last);
        return true;
    }

    private bool TryMemberCharacter(out CharacterSet set)
    {
        char current = cursor.Current;
        set = default;
        if (current == '\\')
        {
            return TryEscape(out set);
        }

        if (current == '[' || !Operators.Contains(current, StringComparison.Ordinal))
        {
            return current == '[' ? cursor.Fail("a class has no class inside; for the character itself write \\[") : TryLiteral(out set);
        }

        cursor.Position++;
        set = CharacterSet.Single(current);
        return true;
    }

    private bool TryEscape(out CharacterSet set)
    {
        char escaped = cursor.Peek(1);
        set = escaped switch
        {
            'd' => CharacterSet.Digit,
            'D' => ~CharacterSet.Digit,
            's' => CharacterSet.Space,
            'S' => ~CharacterSet.Space,
            'w' => CharacterSet.Word,
            'W' => ~CharacterSet.Word,
            _ => default,
        };
        if (escaped == 'x')
        {
            return TryHexadecimal(out set);
        }

        if (set == default)
        {
            bool isPunctuation = Operators.Contains(escaped, StringComparison.Ordinal) || (Literals.Contains(escaped) && !char.IsAsciiLetterOrDigit(escaped));
            if (!isPunctuation)
            {
                return cursor.Fail("expected \\d \\D \\s \\S \\w \\W, \\x with two digits, or an escaped operator; any other character is written \\xHH");
            }

            set = CharacterSet.Single(escaped);
        }

        cursor.Position += 2;
        return true;
    }

    private bool TryHexadecimal(out CharacterSet set)
    {
        set = default;
        char high = cursor.Peek(2);
        char low = cursor.Peek(3);
        if (!char.IsAsciiHexDigit(high) || !char.IsAsciiHexDigit(low) || high > '7')
        {
            return cursor.Fail("expected \\x00 to \\x7F, an ASCII character in two hexadecimal digits");
        }

        set = CharacterSet.Single((char)Convert.ToInt32($"{high}{low}", 16));
        cursor.Position += 4;
        return true;
    }
}
