namespace CloudObserve.LogEvents.Redaction;

/// <summary>
/// Finds values whose names are percent-encoded together with what is around them, as in <c>%22password%22%3A%22x%22</c>, at any depth.
/// </summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class EncodedValues(ValueShape shape)
{
    private const int MaxLook = 1024;

    /// <summary>Finds the start of a name whose word begins with the digits of an encoded character.</summary>
    internal static int NameStart(in EventText text, int start, int limit)
    {
        if (text.At(start - 1) != '%')
        {
            return start;
        }

        int end = start - 1 + GlyphAt(text, start - 1).Length;
        return end <= limit ? Math.Max(start, end) : start;
    }

    /// <summary>Finds the value behind a name that an encoded character follows.</summary>
    internal Finding Behind(in EventText text, in FieldName name)
    {
        int at = name.End;
        Glyph glyph = GlyphAt(text, at);
        if (glyph.Value is (byte)'"' or (byte)'\'')
        {
            at = SkipBlanks(text, at + glyph.Length);
            glyph = GlyphAt(text, at);
        }

        if (glyph.Value is not ((byte)'=' or (byte)':'))
        {
            return default;
        }

        int start = SkipBlanks(text, at + glyph.Length);
        Glyph quote = GlyphAt(text, start);
        bool isQuoted = quote.Value is (byte)'"' or (byte)'\'' && text.At(start) == '%';
        start += isQuoted ? quote.Length : 0;
        int end = End(text, start, isQuoted ? quote.Value : (byte)0);
        return end > start && shape.IsSecret(text, start, end, name.Kind, ValueSetting.Listed)
            ? new Finding(start, end, FindingKinds.Field) : default;
    }

    // A character that is not encoded belongs to the surrounding text. After an encoded backslash, a quote belongs to the value.
    private static int End(in EventText text, int start, byte quote)
    {
        int at = start;
        while (at - start < MaxLook)
        {
            bool isEncoded = text.At(at) == '%';
            Glyph glyph = GlyphAt(text, at);
            bool endsValue = glyph.Value is (byte)'&' or (byte)',' or (byte)'}' or (byte)';' or (byte)'"' or (byte)'\'' or (byte)'<'
                or (byte)'>' or (byte)' ';
            if (glyph.IsEnd || glyph.IsLineBreak || (isEncoded && quote != 0 ? glyph.Value == quote : endsValue))
            {
                break;
            }

            at += glyph.Length;
            at += isEncoded && glyph.Value == '\\' ? GlyphAt(text, at).Length : 0;
        }

        return at;
    }

    private static int SkipBlanks(in EventText text, int at)
    {
        while (GlyphAt(text, at) is { Value: (byte)' ' or (byte)'+' } blank)
        {
            at += blank.Length;
        }

        return at;
    }

    // %3D, and %253D where it was encoded twice.
    private static Glyph GlyphAt(in EventText text, int at)
    {
        if (text.At(at) != '%')
        {
            return text.GlyphAt(at);
        }

        int digits = at + 1;
        while (text.At(digits) == '2' && text.At(digits + 1) == '5' && IsHex(text, digits + 2))
        {
            digits += 2;
        }

        if (!IsHex(text, digits))
        {
            return new Glyph((byte)'%', 1);
        }

        int code = (HexOf(text[digits]) << 4) + HexOf(text[digits + 1]);
        return new Glyph((byte)code, digits + 2 - at);
    }

    private static bool IsHex(in EventText text, int at) =>
        char.IsAsciiHexDigit((char)text.At(at)) && char.IsAsciiHexDigit((char)text.At(at + 1));

    private static int HexOf(byte digit) => char.IsAsciiDigit((char)digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
