using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace CloudObserve.Filters.Patterns.Fields;

/// <summary>Splits an event at white space, keeping what stands in brackets or quotation marks together.</summary>
internal ref struct FieldTokenizer(ReadOnlySpan<byte> utf8)
{
    private const int Unknown = -2;
    private const byte None = 0;
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n\v\f"u8);

    private readonly ReadOnlySpan<byte> _utf8 = utf8;
    private int _position;
    private int _lastBracket = Unknown;
    private int _lastQuote = Unknown;

    internal static bool IsBlank(ReadOnlySpan<byte> utf8) => !utf8.ContainsAnyExcept(Blanks);

    private static bool IsBlank(byte value) => value is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r');

    internal bool TryNext(out FieldToken token)
    {
        token = default;
        int blanks = SkipBlanks();
        if (_position == _utf8.Length)
        {
            return false;
        }

        byte closing = _utf8[_position] is (byte)'[' or (byte)'"' ? Closing(_utf8[_position]) : None;
        token = closing == None ? Plain() : Delimited(closing);
        WorkMeter.Add(blanks + token.Length);
        _position = token.OuterEnd;
        return true;
    }

    // There is nearly always one blank, too few for a search to pay off.
    private int SkipBlanks()
    {
        int start = _position;
        while (_position < _utf8.Length && IsBlank(_utf8[_position]))
        {
            _position++;
        }

        return _position - start;
    }

    // An opening that is never closed is text. Where the last closing stands is looked up once: asking at each opening whether one
    // follows would read the event again and again.
    private byte Closing(byte opening)
    {
        if (opening == '[')
        {
            _lastBracket = _lastBracket == Unknown ? LastIndexOf((byte)']') : _lastBracket;
            return _lastBracket > _position ? (byte)']' : None;
        }

        _lastQuote = _lastQuote == Unknown ? LastIndexOf((byte)'"') : _lastQuote;
        return _lastQuote > _position ? (byte)'"' : None;
    }

    private readonly int LastIndexOf(byte value)
    {
        WorkMeter.Add(_utf8.Length - _position);
        return _utf8.LastIndexOf(value);
    }

    private readonly FieldToken Plain()
    {
        ReadOnlySpan<byte> rest = _utf8[_position..];
        int length = IndexOfBlank(rest);
        return new FieldToken(_position, length < 0 ? rest.Length : length, false);
    }

    // Most fields are short: one comparison of sixteen bytes finds their end, and costs less than the call of a search.
    private static int IndexOfBlank(ReadOnlySpan<byte> text)
    {
        if (text.Length >= Vector128<byte>.Count)
        {
            Vector128<byte> bytes = Vector128.Create(text);
            Vector128<byte> controls = Vector128.LessThan(bytes - Vector128.Create((byte)'\t'), Vector128.Create((byte)('\r' - '\t' + 1)));
            uint found = (controls | Vector128.Equals(bytes, Vector128.Create((byte)' '))).ExtractMostSignificantBits();
            if (found != 0)
            {
                return BitOperations.TrailingZeroCount(found);
            }
        }

        return text.IndexOfAny(Blanks);
    }

    private readonly FieldToken Delimited(byte closing)
    {
        int start = _position + 1;
        return new FieldToken(start, _utf8[start..].IndexOf(closing), true);
    }
}
