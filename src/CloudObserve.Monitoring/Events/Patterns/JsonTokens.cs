using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Takes the tokens of a JSON text one after the other, as strictly as RFC 8259. It returns false on a fault.</summary>
internal ref struct JsonTokens(ReadOnlySpan<byte> json)
{
    private const int BitsOfWord = 64;

    // The bytes that end a run of plain characters in a string: a quotation mark, an escape, or a control character, which is a fault.
    private static readonly SearchValues<byte> StringStops =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(static i => (byte)i), (byte)'"', (byte)'\\']);

    private readonly ReadOnlySpan<byte> _json = json;
    private int _position;
    private int _depth;

    /// <summary>Gets the index after the last token.</summary>
    internal readonly int Position => _position;

    /// <summary>Returns whether only white space is left.</summary>
    internal bool IsAtEnd() => Peek() == 0 && _position == _json.Length;

    /// <summary>Enters the object or array at the position, unless it is nested too deeply.</summary>
    internal bool TryEnter()
    {
        if (_depth == EventPatternLimits.MaxDepth)
        {
            return false;
        }

        _depth++;
        _position++;
        return true;
    }

    /// <summary>Leaves an object or array if it ends at the position.</summary>
    internal bool TryLeave(char close)
    {
        bool ends = TryTake(close);
        _depth -= ends ? 1 : 0;
        return ends;
    }

    /// <summary>Takes a value of any kind, without recursion.</summary>
    internal bool Skip()
    {
        if (Peek() is not ((byte)'{' or (byte)'['))
        {
            return TakeScalar();
        }

        Span<ulong> objects = stackalloc ulong[(EventPatternLimits.MaxDepth / BitsOfWord) + 1];
        int outside = _depth;
        bool isObject = false;
        do
        {
            byte first = Peek();
            if (first is (byte)'{' or (byte)'[')
            {
                isObject = first == '{';
                ref ulong word = ref objects[_depth / BitsOfWord];
                ulong bit = 1UL << (_depth % BitsOfWord);
                word = isObject ? word | bit : word & ~bit;
                if (!TryEnter())
                {
                    return false;
                }

                if (Peek() != (isObject ? '}' : ']'))
                {
                    if (isObject && !TryName(out _, out _))
                    {
                        return false;
                    }

                    continue;
                }
            }
            else if (!TakeScalar())
            {
                return false;
            }

            if (!GoOn(objects, outside, ref isObject))
            {
                return false;
            }
        }
        while (_depth > outside);

        return true;
    }

    // Behind a value, closes what ends, up to the next value.
    private bool GoOn(scoped ReadOnlySpan<ulong> objects, int outside, ref bool isObject)
    {
        while (_depth > outside)
        {
            byte next = Peek();
            _position++;
            if (next == ',')
            {
                return !isObject || TryName(out _, out _);
            }

            if (next != (isObject ? '}' : ']'))
            {
                return false;
            }

            _depth--;
            isObject = _depth > outside && (objects[(_depth - 1) / BitsOfWord] >> ((_depth - 1) % BitsOfWord) & 1) != 0;
        }

        return true;
    }

    /// <summary>Takes the name of a member, and the colon.</summary>
    internal bool TryName(out ReadOnlySpan<byte> name, out bool isEscaped)
    {
        name = default;
        isEscaped = false;
        if (Peek() != '"')
        {
            return false;
        }

        int start = _position + 1;
        if (!TakeString(out isEscaped))
        {
            return false;
        }

        name = _json[start..(_position - 1)];
        return TryTake(':');
    }

    /// <summary>Takes a string, number, true, false or null.</summary>
    internal bool TakeScalar() => Peek() switch
    {
        (byte)'"' => TakeString(out _),
        (byte)'t' => TakeWord("true"u8),
        (byte)'f' => TakeWord("false"u8),
        (byte)'n' => TakeWord("null"u8),
        _ => TakeNumber(),
    };

    private bool TakeWord(ReadOnlySpan<byte> word)
    {
        bool isWord = _json[_position..].StartsWith(word);
        _position += isWord ? word.Length : 0;
        return isWord;
    }

    /// <summary>Takes the string at the position.</summary>
    internal bool TakeString(out bool isEscaped)
    {
        isEscaped = false;
        _position++;
        while (true)
        {
            int run = PlainRun(_json[_position..]);
            _position += run;
            if (run < 0 || _json[_position] < ' ')
            {
                return false;
            }

            if (_json[_position++] == '"')
            {
                return true;
            }

            isEscaped = true;
            if (!TakeEscape())
            {
                return false;
            }
        }
    }

    // Names and most values are short. One comparison of 16 bytes costs less than the call of a search.
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

    private bool TakeEscape()
    {
        byte escape = Next();
        _position++;
        if (escape != 'u')
        {
            return "\"\\/bfnrt"u8.Contains(escape);
        }

        for (int i = 0; i < 4; i++, _position++)
        {
            if (!char.IsAsciiHexDigit((char)Next()))
            {
                return false;
            }
        }

        return true;
    }

    private bool TakeNumber()
    {
        _position += Next() == '-' ? 1 : 0;
        bool isZero = Next() == '0';
        int whole = TakeDigits();
        if (whole == 0 || (isZero && whole > 1))
        {
            return false;
        }

        if (Next() == '.')
        {
            _position++;
            if (TakeDigits() == 0)
            {
                return false;
            }
        }

        if (Next() is not ((byte)'e' or (byte)'E'))
        {
            return true;
        }

        _position++;
        _position += Next() is (byte)'+' or (byte)'-' ? 1 : 0;
        return TakeDigits() > 0;
    }

    private int TakeDigits()
    {
        int start = _position;
        while (Next() is >= (byte)'0' and <= (byte)'9')
        {
            _position++;
        }

        return _position - start;
    }

    internal bool TryTake(char token)
    {
        bool isToken = Peek() == token;
        _position += isToken ? 1 : 0;
        return isToken;
    }

    /// <summary>Skips white space.</summary>
    /// <returns>The next byte; at the end 0, which cannot stand there in JSON.</returns>
    internal byte Peek()
    {
        byte next = Next();
        while (next is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _position++;
            next = Next();
        }

        return next;
    }

    private readonly byte Next() => (uint)_position < (uint)_json.Length ? _json[_position] : (byte)0;
}
