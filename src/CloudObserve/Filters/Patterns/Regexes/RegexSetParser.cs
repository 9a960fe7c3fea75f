using System.Buffers;

namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>Parses the character set at one position of a regular expression: a literal, the dot, an escape or a class.</summary>
/// <param name="cursor">The position in the text.</param>
/// <param name="start">The index at which the expression begins, including its percent sign.</param>
internal sealed class RegexSetParser(PatternCursor cursor, int start)
{
    private const string Operators = "^$?[]{}|\\*+.";
    private static readonly SearchValues<char> Literals =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:_#=@/;,- ");

    internal bool TryParse(out CharacterSet set)
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
                return cursor.Fail($"'{current}' has no opening bracket; for the character itself write \\{current}");
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
            return cursor.Fail(Rejection(current), service: cursor.InvalidTerm(start));
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
            bool isPunctuation = Operators.Contains(escaped, StringComparison.Ordinal)
                || (Literals.Contains(escaped) && !char.IsAsciiLetterOrDigit(escaped));
            if (!isPunctuation)
            {
                return cursor.Fail(
                    "expected \\d \\D \\s \\S \\w \\W, \\x with two digits, or an escaped operator; any other character is written \\xHH");
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
