namespace CloudObserve.Logs.Redaction;

/// <summary>Finds where a value without quotes ends.</summary>
internal static class ValueExtents
{
    // How far is looked for what ends a value that may have blanks. It bounds the work for a text that is full of names.
    private const int MaxLook = 256;

    /// <summary>Finds the end of a word: a blank, or a sign behind which no word goes on.</summary>
    internal static int Word(in EventText text, int start)
    {
        int at = Bracketed(text, start);
        while (true)
        {
            Glyph glyph = text.GlyphAt(at);
            if (glyph.IsEnd || glyph.IsBlank || glyph.IsLineBreak || EndsWord(text, at, glyph))
            {
                return at;
            }

            at += glyph.Length;
        }
    }

    /// <summary>Finds the end of a value in a connection string: the next semicolon.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the value begins.</param>
    /// <param name="isListed">Whether a semicolon stands before the name; if not, the one behind the value must end the text or stand before a further name.</param>
    /// <returns>The end; zero when this is no connection string.</returns>
    internal static int Connection(in EventText text, int start, bool isListed)
    {
        int at = Bracketed(text, start);
        while (at - start < MaxLook)
        {
            Glyph glyph = text.GlyphAt(at);
            if (glyph.IsEnd || glyph.IsLineBreak || (IsQuote(glyph) && EndsWord(text, at, glyph)))
            {
                return isListed ? at : 0;
            }

            if (glyph.Value == ';')
            {
                int next = text.SkipBlanks(at + glyph.Length);
                return isListed || EndsLine(text, next) || IsName(text, next, "="u8) ? at : 0;
            }

            at += glyph.Length;
        }

        return 0;
    }

    /// <summary>Finds the end of a member of a list such as <c>{ Name = value, Other = value }</c>: before the next member, or where the list ends.</summary>
    /// <returns>The end; zero when neither is near.</returns>
    internal static int Member(in EventText text, int start, ReadOnlySpan<byte> separator)
    {
        int at = Bracketed(text, start);
        int end = at;
        while (at - start < MaxLook)
        {
            Glyph glyph = text.GlyphAt(at);
            if (glyph.IsEnd || glyph.IsLineBreak || (glyph.Value == '"' && EndsWord(text, at, glyph)))
            {
                return 0;
            }

            bool closes = glyph.Value is (byte)'}' or (byte)')' or (byte)']' && !text.GlyphAt(at + glyph.Length).IsAlphanumeric;
            if (closes || (glyph.Value == ',' && IsName(text, text.SkipBlanks(at + glyph.Length), separator)))
            {
                return end;
            }

            at += glyph.Length;
            end = glyph.IsBlank ? end : at;
        }

        return 0;
    }

    /// <summary>Finds the end of a header's value: the line's, or where the next header of a list begins.</summary>
    internal static int Header(in EventText text, int start)
    {
        int at = start;
        int end = start;
        byte before = 0;
        bool isQuoted = false;
        while (true)
        {
            Glyph glyph = text.GlyphAt(at);
            bool isQuote = IsQuote(glyph);
            bool opens = isQuote && before == '=' && !isQuoted;
            if (glyph.IsEnd || glyph.IsLineBreak || ClosesJsonString(text, at, glyph) || (!isQuoted && !opens && EndsHeader(text, at, glyph)))
            {
                return end;
            }

            isQuoted = isQuote ? opens : isQuoted;
            before = glyph.Value;
            at += glyph.Length;
            end = glyph.IsBlank ? end : at;
        }
    }

    /// <summary>Finds the end of an XML element's text; of a word if nothing closes the element.</summary>
    internal static int Element(in EventText text, int start)
    {
        int at = start;
        Glyph glyph = text.GlyphAt(at);
        while (!glyph.IsEnd && glyph.Value != '<' && !ClosesJsonString(text, at, glyph))
        {
            at += glyph.Length;
            glyph = text.GlyphAt(at);
        }

        return glyph.Value == '<' ? at : Word(text, start);
    }

    /// <summary>Tells whether a name stands at a place, with one of the separators behind it.</summary>
    internal static bool IsName(in EventText text, int start, ReadOnlySpan<byte> separators)
    {
        // The last word of a name of several, as in "User Id=".
        int at = start;
        for (int words = 0; words < 3; words++)
        {
            int end = text.WordEnd(at);
            if (end == at)
            {
                return false;
            }

            at = text.SkipBlanks(end);
            if (separators.Contains(text.GlyphAt(at).Value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Tells whether nothing more stands in the line, or in the string that the text is part of.</summary>
    internal static bool EndsLine(in EventText text, int at)
    {
        Glyph glyph = text.GlyphAt(at);
        return glyph.IsEnd || glyph.IsLineBreak || (IsQuote(glyph) && EndsWord(text, at, glyph));
    }

    /// <summary>Tells whether a quote is the end of a string of JSON that is in no other: nothing may go beyond it.</summary>
    internal static bool ClosesJsonString(in EventText text, int at, Glyph glyph) =>
        glyph.Value == '"' && text.IsJson && QuoteToken.Read(text.Bytes[at..]) is { Exists: true, Depth: 0 }
        && text.At(text.SkipSpace(at + 1)) is 0 or (byte)',' or (byte)':' or (byte)'}' or (byte)']';

    private static bool IsQuote(Glyph glyph) => glyph.Value is (byte)'"' or (byte)'\'';

    // A secret may hold any of these signs; where a letter or a digit follows, it goes on, unless that begins the next name.
    private static bool EndsWord(in EventText text, int at, Glyph glyph)
    {
        switch (glyph.Value)
        {
            case (byte)';' or (byte)'&':
                return true;
            case (byte)'"' or (byte)'\'' or (byte)',' or (byte)')' or (byte)']' or (byte)'}' or (byte)'<' or (byte)'>':
                int next = at + glyph.Length;
                return ClosesJsonString(text, at, glyph) || !text.GlyphAt(next).IsAlphanumeric
                    || glyph.Value == '<' || IsName(text, next, "=:"u8);
            default:
                return false;
        }
    }

    // What is around the header ends: a string in quotes, or a list, or the next header begins. A string in quotes behind an equals sign is a part of it.
    private static bool EndsHeader(in EventText text, int at, Glyph glyph)
    {
        Glyph next = text.GlyphAt(at + glyph.Length);
        return glyph.Value switch
        {
            (byte)'"' or (byte)'\'' => next.IsEnd || next.IsBlank || next.Value is (byte)',' or (byte)']' or (byte)'}' or (byte)')' or (byte)':',
            (byte)',' => IsName(text, text.SkipBlanks(at + glyph.Length), ":"u8),
            (byte)']' or (byte)'}' => !next.IsAlphanumeric,
            _ => false,
        };
    }

    // A value that begins with a bracket goes on at least to where that is closed: a place of a template, or a marker.
    private static int Bracketed(in EventText text, int start)
    {
        Glyph first = text.GlyphAt(start);
        byte close = first.Value switch
        {
            (byte)'{' => (byte)'}',
            (byte)'[' => (byte)']',
            (byte)'<' => (byte)'>',
            (byte)'(' => (byte)')',
            _ => 0,
        };
        for (int at = start; close != 0 && at - start < MaxLook;)
        {
            Glyph glyph = text.GlyphAt(at);
            if (glyph.IsEnd || glyph.IsLineBreak || IsQuote(glyph))
            {
                break;
            }

            at += glyph.Length;
            if (glyph.Value == close && (close != '}' || text.GlyphAt(at).Value != close))
            {
                return at;
            }
        }

        return start;
    }
}
