using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CloudObserve.Monitoring.Insights.Language;

/// <summary>Translates a regular expression of the language, which is that of RE2, to one of .NET that runs in linear time.</summary>
/// <remarks>What only one of the two knows, or what means something else in the other, is translated or refused.</remarks>
internal sealed class QueryRegex
{
    // The longest number of repetitions in RE2.
    private const int MaxRepetitions = 1_000;

    private static readonly Dictionary<string, string> Posix = new(StringComparer.Ordinal)
    {
        ["alnum"] = "0-9A-Za-z",
        ["alpha"] = "A-Za-z",
        ["ascii"] = "\\x00-\\x7F",
        ["blank"] = "\\t ",
        ["cntrl"] = "\\x00-\\x1F\\x7F",
        ["digit"] = "0-9",
        ["graph"] = "!-~",
        ["lower"] = "a-z",
        ["print"] = " -~",
        ["punct"] = "!-/:-@\\[-`{-~",
        ["space"] = "\\t\\n\\v\\f\\r ",
        ["upper"] = "A-Z",
        ["word"] = "0-9A-Za-z_",
        ["xdigit"] = "0-9A-Fa-f",
    };

    private readonly string _pattern;
    private readonly int _origin;
    private readonly StringBuilder _translated = new();
    private int _position;
    private bool _isMultiline;

    private QueryRegex(string pattern, int origin) => (_pattern, _origin) = (pattern, origin);

    /// <summary>Compiles a regular expression.</summary>
    /// <param name="pattern">The regular expression, without slashes.</param>
    /// <param name="origin">The position of its first character in the query.</param>
    /// <exception cref="QuerySyntaxException">The regular expression is invalid.</exception>
    internal static Regex Compile(string pattern, int origin)
    {
        string translated = new QueryRegex(pattern, origin).Translate();
        try
        {
            return new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (RegexParseException exception)
        {
            throw new QuerySyntaxException(origin, $"the regular expression is invalid: {exception.Message}");
        }
        catch (Exception exception) when (exception is NotSupportedException or ArgumentException)
        {
            throw new QuerySyntaxException(origin, $"the regular expression is too large or not regular: {exception.Message}");
        }
    }

    private char Current => _position < _pattern.Length ? _pattern[_position] : '\0';

    private string Translate()
    {
        while (_position < _pattern.Length)
        {
            switch (_pattern[_position])
            {
                case '\\':
                    Escape(isInSet: false);
                    break;
                case '[':
                    Set();
                    break;
                case '(' when _position + 1 < _pattern.Length && _pattern[_position + 1] == '?':
                    Group();
                    break;
                case '$':
                    _ = _translated.Append(_isMultiline ? "$" : "\\z");
                    _position++;
                    break;
                case '{':
                    CheckRepetitions();
                    _ = _translated.Append(_pattern[_position++]);
                    break;
                case '+' when IsAfterQuantifier():
                    throw Refuse("a possessive quantifier");
                default:
                    _ = _translated.Append(_pattern[_position++]);
                    break;
            }
        }

        return _translated.ToString();
    }

    private bool IsAfterQuantifier() => _position > 0 && _pattern[_position - 1] is '*' or '+' or '?' or '}'
        && (_position < 2 || _pattern[_position - 2] != '\\');

    private void CheckRepetitions()
    {
        int end = _pattern.IndexOf('}', _position);
        foreach (string bound in end < 0 ? [] : _pattern[(_position + 1)..end].Split(','))
        {
            if (int.TryParse(bound, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > MaxRepetitions)
            {
                throw Refuse($"more than {MaxRepetitions} repetitions");
            }
        }
    }

    private void Group()
    {
        string rest = _pattern[(_position + 2)..];
        if (rest.StartsWith("P<", StringComparison.Ordinal))
        {
            _ = _translated.Append("(?<");
            _position += 4;
            return;
        }

        if (rest.StartsWith("<=", StringComparison.Ordinal) || rest.StartsWith("<!", StringComparison.Ordinal)
            || rest.StartsWith('=') || rest.StartsWith('!'))
        {
            throw Refuse("looking ahead or behind");
        }

        if (rest.StartsWith('<') || rest.StartsWith(':'))
        {
            _ = _translated.Append(_pattern, _position, 3);
            _position += 3;
            return;
        }

        int length = rest.AsSpan().IndexOfAnyExcept("imsU-");
        if (length <= 0 || rest[length] is not (':' or ')') || rest.AsSpan(0, length).Contains('U'))
        {
            throw Refuse($"the group '(?{rest[..Math.Min(rest.Length, 1)]}'");
        }

        _isMultiline |= rest[..length].Split('-')[0].Contains('m', StringComparison.Ordinal);
        _ = _translated.Append(_pattern, _position, length + 3);
        _position += length + 3;
    }

    private void Set()
    {
        _ = _translated.Append(_pattern[_position++]);
        if (Current == '^')
        {
            _ = _translated.Append(_pattern[_position++]);
        }

        bool isFirst = true;
        while (_position < _pattern.Length && (Current != ']' || isFirst))
        {
            isFirst = false;
            if (Current == '\\')
            {
                Escape(isInSet: true);
            }
            else if (Current == '[' && _pattern.IndexOf(":]", _position, StringComparison.Ordinal) is > 0 and var end
                && _position + 1 < _pattern.Length && _pattern[_position + 1] == ':')
            {
                string name = _pattern[(_position + 2)..end];
                _ = _translated.Append(Posix.TryGetValue(name, out string? set) ? set : throw Refuse($"the class [:{name}:]"));
                _position = end + 2;
            }
            else
            {
                // .NET would subtract a set in a set.
                _ = _translated.Append(Current is '[' or ']' ? "\\" : "").Append(_pattern[_position++]);
            }
        }

        _ = _translated.Append(']');
        _position = _position < _pattern.Length ? _position + 1 : throw Refuse("a set without its ]");
    }

    private void Escape(bool isInSet)
    {
        char letter = _position + 1 < _pattern.Length ? _pattern[_position + 1] : throw Refuse("a backslash at the end");
        string? ascii = letter switch
        {
            'd' => isInSet ? "0-9" : "[0-9]",
            'w' => isInSet ? "0-9A-Za-z_" : "[0-9A-Za-z_]",
            's' => isInSet ? "\\t\\n\\f\\r " : "[\\t\\n\\f\\r ]",
            'D' => isInSet ? "\\x00-/:-\\uFFFF" : "[^0-9]",
            'W' => isInSet ? "\\x00-/:-@\\[-\\^`{-\\uFFFF" : "[^0-9A-Za-z_]",
            'S' => isInSet ? "\\x00-\\x08\\x0B\\x0E-\\x1F!-\\uFFFF" : "[^\\t\\n\\f\\r ]",
            _ => null,
        };
        if (ascii is not null)
        {
            _ = _translated.Append(ascii);
            _position += 2;
        }
        else if (letter == 'Q')
        {
            int end = _pattern.IndexOf("\\E", _position, StringComparison.Ordinal);
            _ = _translated.Append(Regex.Escape(_pattern[(_position + 2)..(end < 0 ? _pattern.Length : end)]));
            _position = end < 0 ? _pattern.Length : end + 2;
        }
        else if (letter is 'p' or 'P')
        {
            Category(letter);
        }
        else if (letter == 'x' && _position + 2 < _pattern.Length && _pattern[_position + 2] == '{')
        {
            CodePoint();
        }
        else if (char.IsAsciiDigit(letter) && letter != '0')
        {
            throw Refuse("a reference to a group");
        }
        else if (char.IsAsciiLetterOrDigit(letter) && !"afnrtvxzAbB".Contains(letter, StringComparison.Ordinal))
        {
            throw Refuse($"'\\{letter}'");
        }
        else
        {
            _ = _translated.Append('\\').Append(letter);
            _position += 2;
        }
    }

    private void Category(char letter)
    {
        bool isBraced = _position + 2 < _pattern.Length && _pattern[_position + 2] == '{';
        int end = isBraced ? _pattern.IndexOf('}', _position) : _position + 2;
        if (end < 0 || end >= _pattern.Length)
        {
            throw Refuse($"'\\{letter}' without a category");
        }

        string name = isBraced ? _pattern[(_position + 3)..end] : _pattern[end..(end + 1)];
        bool isNegated = name.StartsWith('^');
        _ = _translated.Append('\\').Append(isNegated ? letter == 'p' ? 'P' : 'p' : letter).Append('{').Append(name.TrimStart('^'))
            .Append('}');
        _position = end + 1;
    }

    private void CodePoint()
    {
        int end = _pattern.IndexOf('}', _position);
        string digits = end < 0 ? "" : _pattern[(_position + 3)..end];
        _ = int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code) && code is > 0 and < 0xD800
            ? _translated.Append("\\u").Append(code.ToString("X4", CultureInfo.InvariantCulture))
            : throw Refuse($"the character '\\x{{{digits}}}'");
        _position = end + 1;
    }

    private QuerySyntaxException Refuse(string what) => new(
        Math.Min(_origin + _position, _origin + _pattern.Length), $"the regular expression is invalid: {what} is not supported");
}
