using System.Buffers;
using System.Text;

namespace CloudObserve.Logs.Redaction;

/// <summary>Finds the value of a field whose name is in quotation marks: in JSON, in nested JSON, and in similar formats.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class FieldValues
{
    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789+-.eE"u8);

    private readonly ValueShape _shape;
    private readonly TextValues _texts;

    internal FieldValues(ValueShape shape)
    {
        _shape = shape;
        _texts = new TextValues(shape);
    }

    /// <summary>Returns whether the characters around a word allow it to be a name with a value.</summary>
    /// <remarks>Most words can be excluded this way.</remarks>
    internal static bool MayFollow(in EventText text, int start, int end)
    {
        byte next = text.At(end);
        if (next == ' ')
        {
            byte second = text.At(end + 1);
            return second is (byte)'=' or (byte)':' or (byte)'\'' or (byte)' ' or (byte)'\\' || text.At(start) == '-' || text.At(start - 1) is (byte)'<' or (byte)':' or (byte)'C' or (byte)'c';
        }

        return next is (byte)'=' or (byte)':' or (byte)'"' or (byte)'\\' or (byte)'\'' or (byte)'>' or (byte)',' or (byte)']' or (byte)'\t';
    }

    /// <summary>Finds the value after a name.</summary>
    /// <returns>The value; its end is zero if there is none, or none that could be secret.</returns>
    internal Finding Behind(in EventText text, in FieldName name)
    {
        Glyph behind = text.GlyphAt(name.End);
        return behind.Value is (byte)'"' or (byte)'\'' ? Quoted(text, name, behind) : _texts.Behind(text, name);
    }

    private Finding Quoted(in EventText text, in FieldName name, Glyph close)
    {
        QuoteToken quote = QuoteToken.Read(text.Bytes[name.End..]);
        int at = text.SkipSpace(name.End + close.Length);
        Glyph glyph = text.GlyphAt(at);

        // headers["X-Api-Key"] = "value"
        if (glyph.Value == ']')
        {
            at = text.SkipSpace(at + glyph.Length);
            glyph = text.GlyphAt(at);
        }

        int next = at + glyph.Length;
        return glyph.Value switch
        {
            (byte)':' when quote.Exists => JsonValue(text, text.SkipSpace(next), quote, name),
            (byte)':' or (byte)'=' when text.GlyphAt(next).Value == '>' => _texts.InQuotes(text, text.SkipSpace(next + text.GlyphAt(next).Length), name),
            (byte)':' or (byte)'=' => _texts.InQuotes(text, text.SkipSpace(next), name),
            (byte)',' when quote.Exists => MemberNamedValue(text, text.SkipSpace(next), quote, name),
            _ => AttributeNamedValue(text, at, name),
        };
    }

    // {"Key":"Password","Value":"hunter2"}: the pairs of a dictionary, and of many other lists.
    private Finding MemberNamedValue(in EventText text, int at, QuoteToken quote, in FieldName name)
    {
        if (QuoteToken.Read(text.Bytes[at..]) != quote || !SaysValue(text, at + quote.Length))
        {
            return default;
        }

        int end = at + quote.Length + "value".Length;
        if (QuoteToken.Read(text.Bytes[end..]) != quote)
        {
            return default;
        }

        int colon = text.SkipSpace(end + quote.Length);
        int value = text.SkipSpace(colon + 1);
        bool isString = text.At(colon) == ':' && QuoteToken.Read(text.Bytes[Math.Min(value, text.Length)..]) == quote;
        return isString ? JsonValue(text, value, quote, name) : default;
    }

    // <add key="Password" value="hunter2"/>
    private Finding AttributeNamedValue(in EventText text, int at, in FieldName name)
    {
        int end = at + "value".Length;
        return SaysValue(text, at) && text.At(end) == '=' ? _texts.InQuotes(text, end + 1, name) : default;
    }

    private static bool SaysValue(in EventText text, int at) =>
        at + "value".Length <= text.Length && Ascii.EqualsIgnoreCase(text.Bytes.Slice(at, "value".Length), "value"u8);

    private Finding JsonValue(in EventText text, int at, QuoteToken quote, in FieldName name)
    {
        if (QuoteToken.Read(text.Bytes[at..]) == quote)
        {
            int start = at + quote.Length;
            int end = quote.EndOfString(text.Bytes, start);
            return _shape.IsSecret(text, start, end, name.Kind, ValueSetting.Member) ? new Finding(start, end, FindingKinds.Field) : default;
        }

        byte first = text.At(at);
        if (first == '-' || char.IsAsciiDigit((char)first))
        {
            int length = text.Bytes[at..].IndexOfAnyExcept(NumberBytes);
            int end = length < 0 ? text.Length : at + length;
            return name.Kind == NameKind.Everyday ? default : new Finding(at, end, FindingKinds.Field, quote);
        }

        return first is (byte)'{' or (byte)'[' ? Compound(text, at, quote) : default;
    }

    // A whole array or object. If it is not closed, it ends with the string or text that contains it.
    private static Finding Compound(in EventText text, int at, QuoteToken quote)
    {
        int depth = 0;
        int i = at;
        while (i < text.Length)
        {
            Glyph glyph = text.GlyphAt(i);
            if (glyph.Value == '"' && QuoteToken.Read(text.Bytes[i..]) is var token && token.Depth <= quote.Depth)
            {
                if (token != quote)
                {
                    break;
                }

                i = quote.EndOfString(text.Bytes, i + quote.Length);
                i += QuoteToken.Read(text.Bytes[Math.Min(i, text.Length)..]) == quote ? quote.Length : 0;
                continue;
            }

            i += glyph.Length;
            depth += glyph.Value is (byte)'{' or (byte)'[' ? 1 : glyph.Value is (byte)'}' or (byte)']' ? -1 : 0;
            if (depth == 0)
            {
                break;
            }
        }

        return new Finding(at, i, FindingKinds.Field, quote);
    }
}
