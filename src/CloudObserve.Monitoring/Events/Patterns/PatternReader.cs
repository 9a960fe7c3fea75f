using System.Globalization;
using System.Text;

namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Reads the tokens of a pattern and knows the position that EventBridge tells with a fault.</summary>
/// <remarks>
/// EventBridge tells the place up to which its JSON parser has read: behind the token. The parser reads the token after a name together
/// with the name, and of a string only the quotation mark until its text is needed.
/// </remarks>
internal sealed class PatternReader(string text)
{
    private readonly StringBuilder _builder = new();
    private readonly Stack<bool> _isObject = new();
    private int _position;
    private int _textEnd;
    private bool _needsSeparator;
    private bool _expectsValue;
    private (PatternTokenKind Kind, string Text, int Location)? _ahead;
    private string _current = "";

    /// <summary>Gets the kind of the current token.</summary>
    internal PatternTokenKind Kind { get; private set; }

    /// <summary>Gets the position up to which EventBridge would have read.</summary>
    internal int Location { get; private set; }

    /// <summary>Gets the current name.</summary>
    internal string Name { get; private set; } = "";

    /// <summary>Gets the unescaped string, or the token as written.</summary>
    internal string Text
    {
        get
        {
            Location = Kind == PatternTokenKind.Text ? _textEnd : Location;
            return _current;
        }
    }

    /// <summary>Reads the next token.</summary>
    internal PatternTokenKind Next()
    {
        if (_ahead is { } ahead)
        {
            (Kind, _current, Location) = ahead;
            _ahead = null;
            return Kind;
        }

        SkipBlanks();
        if (_isObject.Count > 0 && TryClose())
        {
            return Kind;
        }

        if (_isObject.Count > 0 && _needsSeparator)
        {
            TakeComma();
        }

        if (_isObject.TryPeek(out bool isObject) && isObject && !_expectsValue)
        {
            return ReadName();
        }

        ReadValue();
        return Kind;
    }

    /// <summary>Returns whether only white space is left.</summary>
    internal bool IsAtEnd()
    {
        SkipBlanks();
        return _position >= text.Length;
    }

    /// <summary>Demands that nothing follows the pattern.</summary>
    internal void End()
    {
        if (!IsAtEnd())
        {
            throw Unexpected("expected no text behind the pattern");
        }
    }

    internal PatternFaultException Fault(string message) => new(message, Location);

    private bool TryClose()
    {
        char close = _isObject.Peek() ? '}' : ']';
        if (_position >= text.Length || text[_position] != close || _expectsValue)
        {
            return false;
        }

        _position++;
        Kind = _isObject.Pop() ? PatternTokenKind.EndObject : PatternTokenKind.EndArray;
        _current = close.ToString();
        Location = _position;
        _needsSeparator = true;
        return true;
    }

    private void TakeComma()
    {
        string container = _isObject.Peek() ? "Object entries" : "Array entries";
        if (_position >= text.Length || text[_position] != ',')
        {
            throw Unexpected($"was expecting comma to separate {container}");
        }

        _position++;
        SkipBlanks();
    }

    private PatternTokenKind ReadName()
    {
        if (_position >= text.Length || text[_position] != '"')
        {
            throw Unexpected("was expecting double-quote to start field name");
        }

        Name = ReadString();
        SkipBlanks();
        if (_position >= text.Length || text[_position] != ':')
        {
            throw Unexpected("was expecting a colon to separate field name and value");
        }

        _position++;
        SkipBlanks();
        _expectsValue = true;
        ReadValue();
        _ahead = (Kind, _current, Location);
        Kind = PatternTokenKind.Name;
        _current = Name;
        return Kind;
    }

    private void ReadValue()
    {
        _expectsValue = false;
        if (_position >= text.Length)
        {
            throw Unexpected("was expecting a value");
        }

        char first = text[_position];
        if (first is '{' or '[')
        {
            _isObject.Push(first == '{');
            _needsSeparator = false;
            Set(first == '{' ? PatternTokenKind.StartObject : PatternTokenKind.StartArray, first.ToString(), ++_position);
            return;
        }

        _needsSeparator = true;
        int start = _position;
        if (first == '"')
        {
            string read = ReadString();
            _textEnd = _position;
            Set(PatternTokenKind.Text, read, start + 1);
        }
        else if (first is '-' or (>= '0' and <= '9'))
        {
            ReadNumber();
            Set(PatternTokenKind.Number, text[start.._position], _position);
        }
        else
        {
            ReadWord();
        }
    }

    private void ReadWord()
    {
        (string Word, PatternTokenKind Kind)[] words =
            [("true", PatternTokenKind.True), ("false", PatternTokenKind.False), ("null", PatternTokenKind.Null)];
        foreach ((string word, PatternTokenKind kind) in words)
        {
            if (string.CompareOrdinal(text, _position, word, 0, word.Length) == 0)
            {
                _position += word.Length;
                Set(kind, word, _position);
                return;
            }
        }

        throw Unexpected("expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')");
    }

    private void Set(PatternTokenKind kind, string value, int location)
    {
        Kind = kind;
        _current = value;
        Location = location;
    }

    private string ReadString()
    {
        _ = _builder.Clear();
        for (_position++; _position < text.Length; _position++)
        {
            char c = text[_position];
            if (c == '"')
            {
                _position++;
                return _builder.ToString();
            }

            if (c < ' ')
            {
                throw new PatternFaultException(
                    $"Illegal unquoted character ((CTRL-CHAR, code {(int)c})): has to be escaped using backslash to be included in string "
                    + "value", _position);
            }

            _ = _builder.Append(c == '\\' ? ReadEscape() : c);
        }

        throw Unexpected("was expecting closing quote for a string value");
    }

    private char ReadEscape()
    {
        char escape = ++_position < text.Length ? text[_position] : '\0';
        int plain = "\"\\/bfnrt".IndexOf(escape, StringComparison.Ordinal);
        if (plain >= 0 && escape != '\0')
        {
            return "\"\\/\b\f\n\r\t"[plain];
        }

        ReadOnlySpan<char> digits = text.AsSpan(Math.Min(_position + 1, text.Length));
        if (escape == 'u' && digits.Length >= 4
            && ushort.TryParse(digits[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
        {
            _position += 4;
            return (char)unit;
        }

        throw Unexpected("expected an escape of JSON behind the backslash");
    }

    private void ReadNumber()
    {
        _position += text[_position] == '-' ? 1 : 0;
        int whole = TakeDigits();
        if (whole == 0 || (whole > 1 && text[_position - whole] == '0'))
        {
            throw Unexpected("expected a number without leading zeros");
        }

        if (_position < text.Length && text[_position] == '.')
        {
            _position++;
            DemandDigits();
        }

        if (_position < text.Length && text[_position] is 'e' or 'E')
        {
            _position++;
            _position += _position < text.Length && text[_position] is '+' or '-' ? 1 : 0;
            DemandDigits();
        }
    }

    private void DemandDigits()
    {
        if (TakeDigits() == 0)
        {
            throw Unexpected("expected a digit");
        }
    }

    private int TakeDigits()
    {
        int start = _position;
        while (_position < text.Length && char.IsAsciiDigit(text[_position]))
        {
            _position++;
        }

        return _position - start;
    }

    private void SkipBlanks()
    {
        while (_position < text.Length && text[_position] is ' ' or '\n' or '\r' or '\t')
        {
            _position++;
        }
    }

    private PatternFaultException Unexpected(string expected) => new(
        _position < text.Length
            ? $"Unexpected character ('{text[_position]}' (code {(int)text[_position]})): {expected}"
            : $"Unexpected end-of-input: {expected}",
        Math.Min(_position, text.Length));
}
