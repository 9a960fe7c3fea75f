using System.Globalization;
using System.Text;

namespace CloudObserve.Monitoring.Expressions;

/// <summary>Splits an expression into tokens.</summary>
/// <param name="expression">The expression.</param>
internal sealed class MathLexer(string expression)
{
    private static readonly string[] Symbols =
        ["==", "!=", "<=", ">=", "&&", "||", "(", ")", "[", "]", ",", "+", "-", "*", "/", "^", "<", ">"];

    private int _position;

    /// <summary>Reads the next token.</summary>
    /// <exception cref="MathException">The text at the position is not a token.</exception>
    internal MathToken Next()
    {
        while (_position < expression.Length && char.IsWhiteSpace(expression[_position]))
        {
            _position++;
        }

        if (_position == expression.Length)
        {
            return new MathToken(MathTokenKind.End, _position, "", 0);
        }

        char first = expression[_position];
        return char.IsAsciiDigit(first) || (first == '.' && IsDigitAt(_position + 1)) ? Number()
            : IsNamePart(first) ? Name()
            : first is '"' or '\'' ? Text(first)
            : Symbol(first);
    }

    private MathToken Number()
    {
        int start = _position;
        SkipDigits();
        if (_position < expression.Length && expression[_position] == '.')
        {
            _position++;
            SkipDigits();
        }

        SkipExponent();
        string text = expression[start.._position];
        if (_position < expression.Length && (IsNamePart(expression[_position]) || expression[_position] == '.'))
        {
            throw new MathException(_position, $"expected an operator after the number '{text}', but found '{expression[_position]}'");
        }

        double number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number)
            ? new MathToken(MathTokenKind.Number, start, text, number)
            : throw new MathException(start, $"the number '{text}' is too large");
    }

    private void SkipDigits()
    {
        while (IsDigitAt(_position))
        {
            _position++;
        }
    }

    private void SkipExponent()
    {
        if (_position == expression.Length || expression[_position] is not ('e' or 'E'))
        {
            return;
        }

        int digits = _position + 1;
        if (digits < expression.Length && expression[digits] is '+' or '-')
        {
            digits++;
        }

        if (IsDigitAt(digits))
        {
            _position = digits;
            SkipDigits();
        }
    }

    private MathToken Name()
    {
        int start = _position;
        while (_position < expression.Length && IsNamePart(expression[_position]))
        {
            _position++;
        }

        return new MathToken(MathTokenKind.Name, start, expression[start.._position], 0);
    }

    // A backslash escapes the quotation mark of the text. Before another character it belongs to the text, as in a search expression.
    private MathToken Text(char quote)
    {
        int start = _position++;
        StringBuilder text = new();
        while (_position < expression.Length && expression[_position] != quote)
        {
            if (expression[_position] == '\\' && _position + 1 < expression.Length)
            {
                if (expression[_position + 1] != quote)
                {
                    _ = text.Append('\\');
                }

                _position++;
            }

            _ = text.Append(expression[_position++]);
        }

        if (_position >= expression.Length)
        {
            throw new MathException(start, $"the text that begins with {quote} has no end; expected a second {quote}");
        }

        _position++;
        return new MathToken(MathTokenKind.Text, start, text.ToString(), 0);
    }

    private MathToken Symbol(char first)
    {
        foreach (string symbol in Symbols)
        {
            if (string.CompareOrdinal(expression, _position, symbol, 0, symbol.Length) == 0)
            {
                int start = _position;
                _position += symbol.Length;
                return new MathToken(MathTokenKind.Symbol, start, symbol, 0);
            }
        }

        throw new MathException(_position, first switch
        {
            '=' => "'=' is not an operator; equality is written '=='",
            '&' or '|' => $"'{first}' is not an operator; write '{first}{first}', or {(first == '&' ? "AND" : "OR")}",
            '!' => "'!' is not an operator; inequality is written '!='",
            '\u2018' or '\u2019' or '\u201C' or '\u201D' => "a text must stand in straight quotation marks, \" or '",
            _ => $"'{(char.IsControl(first) ? '?' : first)}' is not part of the language",
        });
    }

    private bool IsDigitAt(int position) => position < expression.Length && char.IsAsciiDigit(expression[position]);

    private static bool IsNamePart(char value) => char.IsAsciiLetterOrDigit(value) || value == '_';
}
