using System.Buffers;
using System.Text;

namespace CloudObserve.LogEvents.Redaction;

/// <summary>Finds the value of a field whose name is in quotation marks: in JSON, in nested JSON, and in similar formats.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class FieldValues
{
    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789+-.eE"u8);

    // How many members may stand between a name and its value.
    private const int MaxMembersBetween = 4;

    private readonly ValueShape _shape;
    private readonly TextValues _texts;
    private readonly EncodedValues _encoded;

    internal FieldValues(ValueShape shape)
    {
        _shape = shape;
        _texts = new TextValues(shape);
        _encoded = new EncodedValues(shape);
    }

    /// <summary>Returns whether the characters around a word allow it to be a name with a value.</summary>
    /// <remarks>Most words can be excluded this way.</remarks>
    /// <param name="text">The text.</param>
    /// <param name="at">An index inside the word.</param>
    /// <param name="end">The end of the word, exclusive.</param>
    internal static bool MayFollow(in EventText text, int at, int end) => text.At(end) switch
    {
        (byte)'=' or (byte)':' or (byte)'"' or (byte)'\\' or (byte)'\'' or (byte)'>' or (byte)',' or (byte)']' or (byte)'\t' => true,
        (byte)'\n' or (byte)'\r' or (byte)'%' => true,
        (byte)'(' => text.GlyphAt(end + 1).Value is (byte)'"' or (byte)'\'',
        (byte)' ' => text.At(end + 1) is (byte)'=' or (byte)':' or (byte)'\'' or (byte)'"' or (byte)' ' or (byte)'\\'
            || IsOptionOrElement(text, text.WordStart(at)) || TextValues.SaysIs(text, end + 1) > 0
            || TextValues.FollowsLogin(text, text.WordStart(at)),
        _ => false,
    };

    private static bool IsOptionOrElement(in EventText text, int start) =>
        text.At(start) == '-' || text.At(start - 1) is (byte)'<' or (byte)':' or (byte)'C' or (byte)'c';

    /// <summary>Finds the value after a name.</summary>
    /// <returns>The value; its end is zero if there is none, or none that could be secret.</returns>
    internal Finding Behind(in EventText text, in FieldName name)
    {
        if (text.At(name.End) == '%')
        {
            return _encoded.Behind(text, name);
        }

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
            (byte)':' or (byte)'='
                when text.GlyphAt(next).Value == '>' => _texts.InQuotes(text, text.SkipSpace(next + text.GlyphAt(next).Length), name),
            (byte)':' or (byte)'=' => _texts.InQuotes(text, text.SkipSpace(next), name),
            (byte)',' when text.At(name.Start) == '-' => _texts.Argument(text, text.SkipSpace(next), name),
            (byte)',' when text.GlyphBefore(name.Start - close.Length) == '(' => _texts.Called(text, text.SkipSpace(next), name),
            (byte)',' when quote.Exists => MemberNamedValue(text, text.SkipSpace(next), quote, name),
            _ => AttributeNamedValue(text, close, at, name),
        };
    }

    // {"Key":"Password","Value":"hunter2"}: the pairs of a dictionary, and of many other lists. A few members may stand between.
    private Finding MemberNamedValue(in EventText text, int at, QuoteToken quote, in FieldName name)
    {
        for (int members = 0; members < MaxMembersBetween && QuoteToken.Read(text.Bytes[at..]) == quote; members++)
        {
            int start = at + quote.Length;
            int end = quote.EndOfString(text.Bytes, start);
            int colon = text.SkipSpace(end + quote.Length);
            if (text.At(colon) != ':')
            {
                return default;
            }

            int value = text.SkipSpace(colon + 1);
            bool isString = QuoteToken.Read(text.Bytes[Math.Min(value, text.Length)..]) == quote;
            if (end - start == "value".Length && SaysValue(text, start))
            {
                return isString ? JsonValue(text, value, quote, name) : default;
            }

            int valueEnd = isString
                ? quote.EndOfString(text.Bytes, value + quote.Length) + quote.Length
                : value + Math.Max(0, text.Bytes[value..].IndexOfAny(",}]"u8));
            int comma = text.SkipSpace(valueEnd);
            at = text.At(comma) == ',' ? text.SkipSpace(comma + 1) : text.Length;
        }

        return default;
    }

    // A part of a form: Content-Disposition: form-data; name="password", an empty line, and the value.
    private Finding FormPart(in EventText text, int nameEnd, Glyph close, in FieldName name)
    {
        // The closing quotation mark may be escaped where the opening one is not, so it can be longer than all that precedes the name.
        ReadOnlySpan<byte> before = text.Bytes[..Math.Max(0, name.Start - close.Length)];
        int start = text.SkipSpace(nameEnd);
        int lines = 0;
        for (int at = nameEnd; at < start; at += text.GlyphAt(at).Length)
        {
            lines += text.GlyphAt(at).Value == '\n' ? 1 : 0;
        }

        return lines == 2 && before.EndsWith("form-data; name="u8)
            ? _texts.Line(text, start, name)
            : _texts.NextLine(text, nameEnd, name);
    }

    // <add key="Password" value="hunter2"/>, and an item of YAML or a part of a form that is named so.
    private Finding AttributeNamedValue(in EventText text, Glyph close, int at, in FieldName name)
    {
        int end = at + "value".Length;
        return SaysValue(text, at) && text.At(end) == '='
            ? _texts.InQuotes(text, end + 1, name) : FormPart(text, name.End + close.Length, close, name);
    }

    private static bool SaysValue(in EventText text, int at) =>
        at + "value".Length <= text.Length && Ascii.EqualsIgnoreCase(text.Bytes.Slice(at, "value".Length), "value"u8);

    private Finding JsonValue(in EventText text, int at, QuoteToken quote, in FieldName name)
    {
        if (QuoteToken.Read(text.Bytes[at..]) == quote)
        {
            int start = at + quote.Length;
            int end = quote.EndOfString(text.Bytes, start);
            return _shape.IsSecret(text, start, end, name.Kind, ValueSetting.Member)
                ? new Finding(start, end, FindingKinds.Field) : default;
        }

        byte first = text.At(at);
        if (first == '-' || char.IsAsciiDigit((char)first))
        {
            int length = text.Bytes[at..].IndexOfAnyExcept(NumberBytes);
            int end = length < 0 ? text.Length : at + length;
            return name.Kind == SecretNameKind.Everyday ? default : new Finding(at, end, FindingKinds.Field, quote);
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
