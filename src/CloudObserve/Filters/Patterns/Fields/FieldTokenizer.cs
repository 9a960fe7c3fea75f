using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace CloudObserve.Filters.Patterns.Fields;

/// <summary>Splits an event at white space, keeping what stands in brackets or quotation marks together.</summary>
internal ref struct FieldTokenizer(ReadOnlySpan<byte> utf8)
{
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n\v\f"u8);

    private readonly ReadOnlySpan<byte> _utf8 = utf8;
    private int _position;
    private bool _lacksBracket;
    private bool _lacksQuote;

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

        token = Token(_utf8[_position]);
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

    // An opening that is never closed is text. That no closing follows is found out once: it then follows no later opening either, and asking at
    // each would read the event again and again.
    private FieldToken Token(byte first) => first switch
    {
        (byte)'[' when !_lacksBracket => Delimited((byte)']', ref _lacksBracket),
        (byte)'"' when !_lacksQuote => Delimited((byte)'"', ref _lacksQuote),
        _ => Plain(),
    };

    private FieldToken Delimited(byte closing, ref bool isLacking)
    {
        int start = _position + 1;
        int length = _utf8[start..].IndexOf(closing);
        if (length >= 0)
        {
            return new FieldToken(start, length, true);
        }

        isLacking = true;
        WorkMeter.Add(_utf8.Length - start);
        return Plain();
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
}
