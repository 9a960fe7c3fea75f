using System.Buffers;

namespace CloudObserve.Filters.Patterns.Fields;

/// <summary>Splits an event at white space, keeping what stands in brackets or quotation marks together.</summary>
internal ref struct FieldTokenizer(ReadOnlySpan<byte> utf8)
{
    private const int Unknown = -2;
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

        byte? closing = Closing(_utf8[_position]);
        token = closing is null ? Plain() : Delimited(closing.Value);
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
    private byte? Closing(byte opening)
    {
        switch (opening)
        {
            case (byte)'[':
                _lastBracket = _lastBracket == Unknown ? LastIndexOf((byte)']') : _lastBracket;
                return _lastBracket > _position ? (byte)']' : null;
            case (byte)'"':
                _lastQuote = _lastQuote == Unknown ? LastIndexOf((byte)'"') : _lastQuote;
                return _lastQuote > _position ? (byte)'"' : null;
            default:
                return null;
        }
    }

    private readonly int LastIndexOf(byte value)
    {
        WorkMeter.Add(_utf8.Length - _position);
        return _utf8.LastIndexOf(value);
    }

    private readonly FieldToken Plain()
    {
        int length = _utf8[_position..].IndexOfAny(Blanks);
        return new FieldToken(_position, length < 0 ? _utf8.Length - _position : length, false);
    }

    private readonly FieldToken Delimited(byte closing)
    {
        int start = _position + 1;
        return new FieldToken(start, _utf8[start..].IndexOf(closing), true);
    }
}
