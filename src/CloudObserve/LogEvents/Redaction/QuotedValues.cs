namespace CloudObserve.LogEvents.Redaction;

/// <summary>Reads values in quotes or apostrophes.</summary>
internal static class QuotedValues
{
    private const int MaxApostrophes = 1024;

    // Programming languages print a string inside a type or a constructor, such as Some("text").
    private static readonly byte[][] Wrappers =
    [
        .. new[] { "Some(", "Just(", "Str(", "String(", "new String(", "new(", "Text(", "SecretString(", "SecureString(" }.Select(
            System.Text.Encoding.ASCII.GetBytes),
    ];

    /// <summary>Finds the start and the end of a value in quotes.</summary>
    /// <returns><see langword="false"/> if no such value begins at the index.</returns>
    internal static bool TryRead(in EventText text, int at, out int start, out int end)
    {
        at += WrapperLength(text, at);
        Glyph glyph = text.GlyphAt(at);
        start = at + glyph.Length;
        end = 0;
        if (glyph.Value == '\'')
        {
            end = EndOfApostrophes(text, start);
        }
        else if (glyph.Value == '"' && !ValueExtents.ClosesJsonString(text, at, glyph))
        {
            end = EndOfQuotes(text, start, QuoteToken.Read(text.Bytes[at..]));
        }

        return end > 0;
    }

    /// <summary>Extends a value by the value that replaces it in the output of a tool, such as <c>"old" -> "new"</c>.</summary>
    /// <returns>The end of the last of both.</returns>
    internal static int EndOfChange(in EventText text, int end)
    {
        int at = text.SkipBlanks(end + text.GlyphAt(end).Length);
        Glyph dash = text.GlyphAt(at);
        int next = at + dash.Length;
        bool isArrow = dash.Value == '-' && text.GlyphAt(next).Value == '>';
        return isArrow && TryRead(text, text.SkipBlanks(next + text.GlyphAt(next).Length), out _, out int last) ? last : end;
    }

    private static int WrapperLength(in EventText text, int at)
    {
        if (text.At(at) is (byte)'S' or (byte)'J' or (byte)'n' or (byte)'T')
        {
            foreach (byte[] wrapper in Wrappers)
            {
                if (text.Bytes[at..].StartsWith(wrapper) && text.GlyphAt(at + wrapper.Length).Value is (byte)'"' or (byte)'\'')
                {
                    return wrapper.Length;
                }
            }
        }

        return 0;
    }

    // In a connection string, a quote inside the value is written twice.
    private static int EndOfQuotes(in EventText text, int start, QuoteToken quote)
    {
        int end = quote.EndOfString(text.Bytes, start);
        while (end > start && QuoteToken.Read(text.Bytes[end..]) == quote && QuoteToken.Read(text.Bytes[(end + quote.Length)..]) == quote)
        {
            end = quote.EndOfString(text.Bytes, end + (2 * quote.Length));
        }

        return end;
    }

    // An apostrophe before a letter or before another apostrophe belongs to the value. Returns zero if no apostrophe closes it nearby.
    private static int EndOfApostrophes(in EventText text, int start)
    {
        int at = start;
        while (at - start < MaxApostrophes)
        {
            Glyph glyph = text.GlyphAt(at);
            if (glyph.IsEnd || ValueExtents.ClosesJsonString(text, at, glyph))
            {
                return at;
            }

            Glyph next = text.GlyphAt(at + glyph.Length);
            if (glyph.Value == '\'' && !next.IsAlphanumeric)
            {
                if (next.Value != '\'' || at == start)
                {
                    return at;
                }

                at += glyph.Length;
                glyph = next;
            }

            at += glyph.Length;
        }

        return 0;
    }
}
