using System.Text;

namespace CloudObserve.Monitoring.Expressions.Selections;

/// <summary>Splits a Metrics Insights query into tokens.</summary>
/// <remarks>A name in double quotes is a <see cref="MathTokenKind.Name"/> like one without, but never a keyword.</remarks>
internal sealed class SelectLexer(string query)
{
    private int _position;

    /// <summary>Reads the next token.</summary>
    /// <exception cref="MathException">The text at the position is not a token.</exception>
    internal SelectToken Next()
    {
        while (_position < query.Length && char.IsWhiteSpace(query[_position]))
        {
            _position++;
        }

        if (_position == query.Length)
        {
            return new SelectToken(MathTokenKind.End, _position, "", false);
        }

        char first = query[_position];
        return first == '"' ? new SelectToken(MathTokenKind.Name, _position, Quoted(first), true)
            : first == '\'' ? new SelectToken(MathTokenKind.Text, _position, Quoted(first), true)
            : IsNamePart(first) ? Name()
            : Symbol(first);
    }

    private SelectToken Name()
    {
        int start = _position;
        while (_position < query.Length && IsNamePart(query[_position]))
        {
            _position++;
        }

        return new SelectToken(MathTokenKind.Name, start, query[start.._position], false);
    }

    // A backslash before a quotation mark makes it part of the text.
    private string Quoted(char quote)
    {
        int start = _position++;
        StringBuilder text = new();
        while (_position < query.Length && query[_position] != quote)
        {
            if (query[_position] == '\\' && _position + 1 < query.Length && query[_position + 1] is '"' or '\'' or '\\')
            {
                _position++;
            }

            _ = text.Append(query[_position++]);
        }

        if (_position >= query.Length)
        {
            throw new MathException(start, $"the text that begins with {quote} has no end; expected a second {quote}");
        }

        _position++;
        return text.ToString();
    }

    private SelectToken Symbol(char first)
    {
        int start = _position;
        string symbol = first switch
        {
            '!' when start + 1 < query.Length && query[start + 1] == '=' => "!=",
            '(' or ')' or ',' or '=' => first.ToString(),
            _ => throw new MathException(
                start, $"'{(char.IsControl(first) ? '?' : first)}' is not part of the language; a name with it stands in double quotes"),
        };
        _position += symbol.Length;
        return new SelectToken(MathTokenKind.Symbol, start, symbol, false);
    }

    // The point is part of AWS.AccountId and of tag keys.
    private static bool IsNamePart(char value) => char.IsAsciiLetterOrDigit(value) || value is '_' or '.';
}
