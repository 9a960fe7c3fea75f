using System.Globalization;
using System.Text;

namespace CloudObserve.Monitoring.Insights.Language;

/// <summary>Splits a query into tokens.</summary>
/// <param name="query">The query.</param>
internal sealed class QueryLexer(string query)
{
    private static readonly string[] Symbols =
        ["!=", "<=", ">=", "=~", "|", "(", ")", "[", "]", ",", "=", "<", ">", "+", "-", "*", "/", "^", "%", "!", ":"];

    private int _position;

    internal string Query => query;

    /// <summary>Reads the next token.</summary>
    /// <param name="mayBeRegex">Whether a slash begins a regular expression and does not divide.</param>
    /// <exception cref="QuerySyntaxException">The text at the position is not a token.</exception>
    internal QueryToken Next(bool mayBeRegex)
    {
        SkipBlanks();
        if (_position == query.Length)
        {
            return new QueryToken(QueryTokenKind.End, _position, _position, "");
        }

        char first = query[_position];
        return char.IsAsciiDigit(first) ? Number()
            : IsNameStart(first) || (first == '.' && IsNameStart(At(_position + 1))) ? Name()
            : first is '"' or '\'' ? Text(first)
            : first == '/' && mayBeRegex ? Regex()
            : Symbol();
    }

    /// <summary>Goes back to the start of a token, to read it in another way.</summary>
    internal void Return(QueryToken token) => _position = token.Start;

    /// <summary>Creates the fault of a token that cannot stand at its place, in the words of CloudWatch Logs.</summary>
    internal QuerySyntaxException Unexpected(QueryToken token, string? expected = null) => token.Kind == QueryTokenKind.End
        ? new(token.Start, $"unexpected end of the query at {Place(token.Start)}{(expected is null ? "" : $": expected {expected}")}")
        : new(token.Start, $"unexpected symbol found {query[token.Start..token.End]} at {Place(token.Start)}"
            + (expected is null ? "" : $": expected {expected}"));

    internal string Place(int position)
    {
        int line = 1 + query.AsSpan(0, position).Count('\n');
        int start = query.LastIndexOf('\n', Math.Max(0, position - 1)) is var feed && position > 0 && feed >= 0 ? feed + 1 : 0;
        return string.Create(CultureInfo.InvariantCulture, $"line {line} and position {position - start + 1}");
    }

    private static bool IsNameStart(char value) => char.IsLetter(value) || value is '@' or '_' or '`';

    private static bool IsNamePart(char value) => char.IsLetterOrDigit(value) || value is '@' or '_' or '.';

    private char At(int position) => position < query.Length ? query[position] : '\0';

    private void SkipBlanks()
    {
        while (_position < query.Length)
        {
            if (query[_position] == '#')
            {
                int feed = query.IndexOf('\n', _position);
                _position = feed < 0 ? query.Length : feed;
            }
            else if (char.IsWhiteSpace(query[_position]) || query[_position] == '\uFEFF')
            {
                _position++;
            }
            else
            {
                return;
            }
        }
    }

    private QueryToken Number()
    {
        int start = _position;
        SkipDigits();
        if (At(_position) == '.' && char.IsAsciiDigit(At(_position + 1)))
        {
            _position++;
            SkipDigits();
        }

        int exponent = At(_position + 1) is '+' or '-' ? _position + 2 : _position + 1;
        if (At(_position) is 'e' or 'E' && char.IsAsciiDigit(At(exponent)))
        {
            _position = exponent;
            SkipDigits();
        }

        return new QueryToken(QueryTokenKind.Number, start, _position, query[start.._position]);
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(At(_position)))
        {
            _position++;
        }
    }

    // A name may have parts between backticks, such as @`a-b` or j.`x y`.
    private QueryToken Name()
    {
        int start = _position;
        StringBuilder name = new();
        bool isQuoted = false;
        while (_position < query.Length && (IsNamePart(query[_position]) || query[_position] == '`'))
        {
            if (query[_position] != '`')
            {
                _ = name.Append(query[_position++]);
                continue;
            }

            int end = query.IndexOf('`', _position + 1);
            if (end < 0)
            {
                throw new QuerySyntaxException(_position,
                    $"the name that begins with ` at {Place(_position)} has no end; expected a second `");
            }

            isQuoted = true;
            _ = name.Append(query, _position + 1, end - _position - 1);
            _position = end + 1;
        }

        string text = name.ToString();
        return text.Trim('.').Length == 0
            ? throw new QuerySyntaxException(start, $"the name at {Place(start)} is empty")
            : new QueryToken(isQuoted ? QueryTokenKind.QuotedName : QueryTokenKind.Name, start, _position, text);
    }

    // A backslash escapes a quotation mark or a backslash. Before another character it belongs to the text.
    private QueryToken Text(char quote)
    {
        int start = _position++;
        StringBuilder text = new();
        while (_position < query.Length && query[_position] != quote)
        {
            if (query[_position] == '\\' && At(_position + 1) is '"' or '\'' or '\\')
            {
                _position++;
            }

            _ = text.Append(query[_position++]);
        }

        if (_position >= query.Length)
        {
            throw new QuerySyntaxException(start,
                $"the text that begins with {quote} at {Place(start)} has no end; expected a second {quote}");
        }

        _position++;
        return new QueryToken(QueryTokenKind.Text, start, _position, text.ToString());
    }

    private QueryToken Regex()
    {
        int start = _position++;
        StringBuilder pattern = new();
        while (_position < query.Length && query[_position] != '/')
        {
            if (query[_position] == '\\' && _position + 1 < query.Length)
            {
                // Only the slash loses its backslash: the others belong to the regular expression.
                _ = query[_position + 1] == '/' ? pattern : pattern.Append('\\');
                _position++;
            }

            _ = pattern.Append(query[_position++]);
        }

        if (_position >= query.Length)
        {
            throw new QuerySyntaxException(start, $"the regular expression at {Place(start)} has no end; expected a second /");
        }

        _position++;
        return IsNamePart(At(_position))
            ? throw new QuerySyntaxException(_position, $"unexpected symbol found {query[_position]} at {Place(_position)}: "
                + "a regular expression has no flags behind it; write /(?i)…/ to ignore case")
            : new QueryToken(QueryTokenKind.Regex, start, _position, pattern.ToString());
    }

    private QueryToken Symbol()
    {
        foreach (string symbol in Symbols)
        {
            if (string.CompareOrdinal(query, _position, symbol, 0, symbol.Length) == 0)
            {
                int start = _position;
                _position += symbol.Length;
                return new QueryToken(QueryTokenKind.Symbol, start, _position, symbol);
            }
        }

        char found = query[_position];
        throw new QuerySyntaxException(
            _position, $"unexpected symbol found {(char.IsControl(found) ? '?' : found)} at {Place(_position)}");
    }
}
