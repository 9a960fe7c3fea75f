using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Scans JSON text forward, as strictly as RFC 8259.</summary>
/// <remarks>
/// It returns false on a fault instead of throwing. <see cref="System.Text.Json.Utf8JsonReader"/> throws on the first fault. Most events of
/// a log may be plain text, and an exception for each would cost more than all of the matching. It also skips values more slowly.
/// </remarks>
internal ref struct JsonScanner(ReadOnlySpan<byte> json)
{
    // The bytes that end a run of plain characters in a string: the closing quotation mark, an escape, or a control character, which is a
    // fault.
    private static readonly SearchValues<byte> StringStops =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(static i => (byte)i), (byte)'"', (byte)'\\']);

    private readonly ReadOnlySpan<byte> _json = json;
    private JsonNesting _nesting;
    private int _position;
    private int _depth;

    /// <summary>Gets the index after the last token.</summary>
    internal readonly int Position => _position;

    /// <summary>Skips white space.</summary>
    /// <returns>The next byte; at the end 0, which cannot occur there in JSON.</returns>
    internal byte Peek()
    {
        // Most tokens follow each other without white space.
        byte next = Next();
        return next > ' ' ? next : PeekBehindBlanks();
    }

    internal bool TryTake(char token)
    {
        bool taken = Peek() == token;
        _position += taken ? 1 : 0;
        return taken;
    }

    /// <summary>Returns whether only white space is left.</summary>
    internal bool IsAtEnd() => Peek() == 0 && _position == _json.Length;

    /// <summary>Enters the object or array at the position, unless it is nested too deeply.</summary>
    internal bool TryEnter(bool isObject)
    {
        if (_depth == FilterPatternLimits.MaxJsonDepth)
        {
            return false;
        }

        _nesting.Set(_depth++, isObject);
        _position++;
        return true;
    }

    /// <summary>Leaves the object or array if it ends at the position.</summary>
    internal bool TryLeave()
    {
        if (!TryTake(_nesting.IsObject(_depth - 1) ? '}' : ']'))
        {
            return false;
        }

        _depth--;
        return true;
    }

    /// <summary>Reads the name of a property, and the colon.</summary>
    internal bool TryName(out JsonToken name)
    {
        name = default;
        return Peek() == '"' && TryString(out name) && TryTake(':');
    }

    /// <summary>Reads a string, number, true, false or null.</summary>
    internal bool TryScalar(out JsonToken token)
    {
        switch (Peek())
        {
            case (byte)'"':
                return TryString(out token);
            case (byte)'t':
                return TryWord("true"u8, FilterValueKind.True, out token);
            case (byte)'f':
                return TryWord("false"u8, FilterValueKind.False, out token);
            case (byte)'n':
                return TryWord("null"u8, FilterValueKind.Null, out token);
            default:
                return TryNumber(out token);
        }
    }

    /// <summary>Skips a value of any kind.</summary>
    internal bool TrySkip()
    {
        int outside = _depth;
        bool beginsValue = true;
        do
        {
            if (beginsValue ? !TryBeginValue(out beginsValue) : !TryGoOn(out beginsValue))
            {
                return false;
            }
        }
        while (beginsValue || _depth > outside);

        return true;
    }

    // A container that is not empty continues with the first value in it; any other value is complete.
    private bool TryBeginValue(out bool beginsValue)
    {
        byte first = Peek();
        beginsValue = false;
        if (first is not ((byte)'{' or (byte)'['))
        {
            return TryScalar(out _);
        }

        if (!TryEnter(first == '{'))
        {
            return false;
        }

        beginsValue = !TryLeave();
        return !beginsValue || first == '[' || TryName(out _);
    }

    private bool TryGoOn(out bool beginsValue)
    {
        beginsValue = TryTake(',');
        return beginsValue ? !_nesting.IsObject(_depth - 1) || TryName(out _) : TryLeave();
    }

    private byte PeekBehindBlanks()
    {
        while (Next() is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _position++;
        }

        return Next();
    }

    private bool TryString(out JsonToken token)
    {
        int start = _position + 1;
        bool isEscaped = false;
        token = default;
        _position++;
        while ((uint)_position < (uint)_json.Length)
        {
            int run = PlainRun(_json[_position..]);
            _position += run;
            if (run < 0 || _json[_position] < ' ')
            {
                return false;
            }

            if (_json[_position++] == '"')
            {
                token = new JsonToken(FilterValueKind.Text, start, _position - 1 - start, isEscaped);
                WorkMeter.Add(token.Length);
                return true;
            }

            isEscaped = true;
            if (!TryEscape())
            {
                return false;
            }
        }

        return false;
    }

    // Names and most values are short. One 16-byte comparison finds their end and costs less than the call of a search.
    private static int PlainRun(ReadOnlySpan<byte> text)
    {
        if (text.Length >= Vector128<byte>.Count)
        {
            Vector128<byte> bytes = Vector128.Create(text);
            Vector128<byte> stops = Vector128.Equals(bytes, Vector128.Create((byte)'"'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(bytes, Vector128.Create((byte)' '));
            uint found = stops.ExtractMostSignificantBits();
            if (found != 0)
            {
                return BitOperations.TrailingZeroCount(found);
            }
        }

        return text.IndexOfAny(StringStops);
    }

    private bool TryEscape()
    {
        if (_position == _json.Length)
        {
            return false;
        }

        byte escape = _json[_position++];
        if (escape != 'u')
        {
            return "\"\\/bfnrt"u8.Contains(escape);
        }

        ReadOnlySpan<byte> digits = _json[_position..];
        bool isComplete = digits.Length >= 4
            && char.IsAsciiHexDigit((char)digits[0]) && char.IsAsciiHexDigit((char)digits[1])
            && char.IsAsciiHexDigit((char)digits[2]) && char.IsAsciiHexDigit((char)digits[3]);
        _position += isComplete ? 4 : 0;
        return isComplete;
    }

    private bool TryWord(ReadOnlySpan<byte> word, FilterValueKind kind, out JsonToken token)
    {
        token = new JsonToken(kind, _position, word.Length, false);
        bool taken = _json[_position..].StartsWith(word);
        _position += taken ? word.Length : 0;
        return taken;
    }

    private bool TryNumber(out JsonToken token)
    {
        int start = _position;
        token = default;
        _position += Next() == '-' ? 1 : 0;
        bool isZero = Next() == '0';
        if (!TryDigits(out int whole) || (isZero && whole > 1))
        {
            return false;
        }

        if (Next() == '.')
        {
            _position++;
            if (!TryDigits(out _))
            {
                return false;
            }
        }

        if (Next() is (byte)'e' or (byte)'E')
        {
            _position++;
            _position += Next() is (byte)'+' or (byte)'-' ? 1 : 0;
            if (!TryDigits(out _))
            {
                return false;
            }
        }

        token = new JsonToken(FilterValueKind.Number, start, _position - start, false);
        WorkMeter.Add(token.Length);
        return true;
    }

    private readonly byte Next() => (uint)_position < (uint)_json.Length ? _json[_position] : (byte)0;

    private bool TryDigits(out int count)
    {
        int start = _position;
        while (Next() is >= (byte)'0' and <= (byte)'9')
        {
            _position++;
        }

        count = _position - start;
        return count > 0;
    }
}
