using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using CloudObserve.Filters.Patterns.Regexes;

namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Parses the right-hand side of a comparison: a number, a quoted or bare text, or a regular expression.</summary>
internal sealed class OperandParser(PatternCursor cursor, int maxRegexes)
{
    // CloudWatch Logs: keywords of the language are not texts. SPACE in capitals is refused too.
    private static readonly FrozenSet<string> Words = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "NULL", "IS", "NOT", "EXISTS");
    private const string Space = "SPACE";

    // The sign characters are included, so that "us-east-1" is reported as one faulty value, and not as "us" with unexpected text after it.
    private static readonly SearchValues<char> BareCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.*+-");

    private int _regexes;

    /// <summary>Parses a value.</summary>
    /// <returns>The value, or <see langword="null"/> if the cursor holds an error.</returns>
    internal Operand? Parse() => cursor.Current switch
    {
        '"' => Quoted(),
        '%' => Regex(),
        _ => Bare(),
    };

    internal TextOperand? Quoted()
    {
        int opening = cursor.Position++;
        StringBuilder text = new();
        while (!cursor.TryTake('"'))
        {
            if (cursor.AtEnd)
            {
                cursor.Fail("expected a second quotation mark that ends the text", opening, cursor.InvalidTerm(opening));
                return null;
            }

            // Before any other character a backslash stands for itself, so that Windows paths need no escapes.
            bool isEscape = cursor.Current == '\\' && cursor.Peek(1) is '"' or '\\';
            cursor.Position += isEscape ? 1 : 0;
            text.Append(cursor.Current);
            cursor.Position++;
        }

        return new TextOperand(text.ToString());
    }

    internal RegexOperand? Regex()
    {
        if (++_regexes > maxRegexes)
        {
            cursor.Fail(
                $"a pattern of this kind may have {maxRegexes} regular expressions only",
                service: $"Your input has exceeded the maximum of {maxRegexes} regular expressions per filter pattern.");
            return null;
        }

        RegexSyntax? regex = new RegexParser(cursor).Parse();
        cursor.Answer("Failed to compile regular expression.");
        return regex is null ? null : new RegexOperand(regex);
    }

    private Operand? Bare()
    {
        int start = cursor.Position;
        string word = cursor.TakeWhile(BareCharacters);
        if (word.Length == 0)
        {
            string hint = cursor.Current == '\'' ? "; text is quoted with \", not with '" : string.Empty;
            cursor.Fail($"expected a number, a text or a regular expression between % signs, but found {cursor.Found()}{hint}");
            return null;
        }

        if (Numbers.TryParse(Encoding.ASCII.GetBytes(word), out double value))
        {
            return Number(word, value, start);
        }

        int sign = word.AsSpan().IndexOfAny('+', '-');
        if (sign >= 0)
        {
            cursor.Fail($"'{word[sign]}' is allowed in a number or in quotation marks only", start + sign);
            return null;
        }

        if (word == Space || Words.Contains(word))
        {
            cursor.Fail($"'{word}' is a word of the language; as a text it goes in quotation marks", start);
            return null;
        }

        return new TextOperand(word);
    }

    private NumberOperand? Number(string spelling, double value, int start)
    {
        if (double.IsFinite(value))
        {
            return new NumberOperand(spelling, value);
        }

        cursor.Fail(string.Create(CultureInfo.InvariantCulture, $"expected a number up to {double.MaxValue}"), start);
        return null;
    }
}
