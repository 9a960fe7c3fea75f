using System.Buffers;

namespace CloudObserve.Logs.Redaction;

/// <summary>Finds the value that belongs to a field's name: in JSON, in JSON inside a JSON string, and in the form <c>name=value</c>.</summary>
internal static class FieldValues
{
    // What ends a value in a query string, a connection string, a list or a sentence.
    private static readonly SearchValues<byte> ValueEnds = SearchValues.Create(" \t\r\n\"'\\&;,)]}<>"u8);
    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789+-.eE"u8);

    private static ReadOnlySpan<byte> EscapedPlus => "\\u002B"u8;

    /// <summary>Tells from the byte behind a word whether it can be a name with a value. Most words are not, and need no closer look.</summary>
    internal static bool MayFollow(byte behindWord) => behindWord is (byte)'=' or (byte)'"' or (byte)'\\';

    /// <summary>Finds the value behind a name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="nameEnd">Where the name ends.</param>
    /// <returns>The value; with an end of zero if there is none, or nothing in it that could be secret.</returns>
    internal static Finding Behind(in EventText text, int nameEnd)
    {
        if (text.At(nameEnd) == '=')
        {
            return Assigned(text, nameEnd + 1);
        }

        QuoteToken quote = QuoteToken.Read(text.Bytes[nameEnd..]);
        int at = quote.Exists ? SkipBlanks(text, nameEnd + quote.Bytes.Length) : text.Length;
        return text.At(at) == ':' ? JsonValue(text, SkipBlanks(text, at + 1), quote) : default;
    }

    private static Finding JsonValue(in EventText text, int at, QuoteToken quote)
    {
        if (at >= text.Length)
        {
            return default;
        }

        if (text.Bytes[at..].StartsWith(quote.Bytes))
        {
            int start = at + quote.Bytes.Length;
            return Piece(start, quote.EndOfString(text.Bytes, start));
        }

        if (text[at] == '-' || char.IsAsciiDigit((char)text[at]))
        {
            int length = text.Bytes[at..].IndexOfAnyExcept(NumberBytes);
            return new Finding(at, length < 0 ? text.Length : at + length, FindingKinds.Field, quote);
        }

        return quote.Nesting == 0 && text[at] is (byte)'{' or (byte)'[' ? Compound(text, at, quote) : default;
    }

    // An array or an object as a whole, up to the end of the text if nothing closes it. Only where quotes are plain: deeper, where one ends
    // cannot be told safely.
    private static Finding Compound(in EventText text, int at, QuoteToken quote)
    {
        int depth = 0;
        for (int i = at; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'"':
                    i = quote.EndOfString(text.Bytes, i + 1);
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']' when --depth == 0:
                    return new Finding(at, i + 1, FindingKinds.Field, quote);
                default:
                    break;
            }
        }

        return new Finding(at, text.Length, FindingKinds.Field, quote);
    }

    private static Finding Assigned(in EventText text, int at)
    {
        QuoteToken quote = QuoteToken.Read(text.Bytes[at..]);

        // In JSON a plain quote here is the end of the string that holds the name, and not the beginning of a value.
        if (quote.Exists && (quote.Nesting > 0 || !text.IsJson))
        {
            int start = at + quote.Bytes.Length;
            return Piece(start, quote.EndOfString(text.Bytes, start));
        }

        if (text.At(at) == '\'')
        {
            return Piece(at + 1, EndOfApostrophes(text, at + 1));
        }

        return text.At(at) == '=' ? default : Piece(at, EndOfAssigned(text, at));
    }

    private static int EndOfApostrophes(in EventText text, int at)
    {
        // The first quote or backslash ends it too: what comes there may not belong to this string any more.
        int length = text.Bytes[at..].IndexOfAny((byte)'\'', (byte)'"', (byte)'\\');
        return length < 0 ? text.Length : at + length;
    }

    private static int EndOfAssigned(in EventText text, int at)
    {
        while (at < text.Length)
        {
            int length = text.Bytes[at..].IndexOfAny(ValueEnds);
            if (length < 0)
            {
                return text.Length;
            }

            at += length;
            if (!text.Bytes[at..].StartsWith(EscapedPlus))
            {
                return at;
            }

            at += EscapedPlus.Length;
        }

        return at;
    }

    private static int SkipBlanks(in EventText text, int at)
    {
        while (text.At(at) is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        return at;
    }

    private static Finding Piece(int start, int end) => end > start ? new Finding(start, end, FindingKinds.Field) : default;
}
