namespace CloudObserve.LogEvents.Redaction;

/// <summary>Finds the end of a value without quotation marks.</summary>
internal static class ValueExtents
{
    // The largest distance in which the end of a value with blanks is searched for. It limits the work for a text with many names.
    private const int MaxLook = 256;

    // How many more words a value in a list of name=value may have.
    private const int MaxWords = 4;

    /// <summary>Finds the end of a word: a blank, or a punctuation character that is not followed by a word.</summary>
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
    /// <param name="start">The index at which the value begins.</param>
    /// <param name="isListed">
    /// Whether a semicolon precedes the name. If not, the semicolon after the value must end the text or precede a further name.
    /// </param>
    /// <returns>The end; zero if this is not a connection string.</returns>
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

    /// <summary>Finds the end of a member of a list such as <c>{ Name = value, Other = value }</c>.</summary>
    /// <remarks>It is before the next member, or at the end of the list.</remarks>
    /// <returns>The end; zero if neither is near.</returns>
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

    /// <summary>Finds the end of a value in a list of <c>name=value</c> separated by blanks: before the next name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="nameStart">The start of the name.</param>
    /// <param name="wordEnd">The end of the value's first word.</param>
    /// <returns>The end; <paramref name="wordEnd"/> if this is no such list or no further name is near.</returns>
    internal static int Pair(in EventText text, int nameStart, int wordEnd)
    {
        if (!text.GlyphAt(wordEnd).IsBlank || !IsInPairs(text, nameStart))
        {
            return wordEnd;
        }

        int end = wordEnd;
        for (int words = 0; words <= MaxWords; words++)
        {
            int at = text.SkipBlanks(end);
            int next = text.WordEnd(at);
            if (next > at && text.At(next) == '=')
            {
                return end;
            }

            end = Word(text, at);
            if (!text.GlyphAt(end).IsBlank)
            {
                break;
            }
        }

        return wordEnd;
    }

    // The name is at the start of the text or the line, or follows another name=value.
    private static bool IsInPairs(in EventText text, int nameStart)
    {
        ReadOnlySpan<byte> near = text.Bytes[Math.Max(0, nameStart - MaxLook)..nameStart];
        ReadOnlySpan<byte> before = near.TrimEnd((byte)' ');
        return before.Length == near.Length
            ? text.GlyphBefore(nameStart) is 0 or (byte)'"' or (byte)'\n'
            : before[(before.LastIndexOfAny(" \"\\"u8) + 1)..].Contains((byte)'=');
    }

    /// <summary>Finds the end of a header's value: the end of the line, or the start of the next header in a list.</summary>
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
            if (glyph.IsEnd || glyph.IsLineBreak || ClosesJsonString(text, at, glyph)
                || (!isQuoted && !opens && EndsHeader(text, at, glyph)))
            {
                return end;
            }

            isQuoted = isQuote ? opens : isQuoted;
            before = glyph.Value;
            at += glyph.Length;
            end = glyph.IsBlank ? end : at;
        }
    }

    /// <summary>Finds the end of an XML element's text, or of a word if the element is not closed.</summary>
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

    /// <summary>Returns whether there is a name at a position, followed by one of the separators.</summary>
    internal static bool IsName(in EventText text, int start, ReadOnlySpan<byte> separators)
    {
        // The last word of a name with several words, as in "User Id=".
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

    /// <summary>Returns whether nothing else follows in the line, or in the string that contains the text.</summary>
    internal static bool EndsLine(in EventText text, int at)
    {
        Glyph glyph = text.GlyphAt(at);
        return glyph.IsEnd || glyph.IsLineBreak || (IsQuote(glyph) && EndsWord(text, at, glyph));
    }

    /// <summary>Returns whether a quotation mark ends a JSON string that is not nested.</summary>
    /// <remarks>No value may extend beyond it.</remarks>
    internal static bool ClosesJsonString(in EventText text, int at, Glyph glyph) =>
        glyph.Value == '"' && text.IsJson && QuoteToken.Read(text.Bytes[at..]) is { Exists: true, Depth: 0 }
        && text.At(text.SkipSpace(at + 1)) is 0 or (byte)',' or (byte)':' or (byte)'}' or (byte)']';

    private static bool IsQuote(Glyph glyph) => glyph.Value is (byte)'"' or (byte)'\'';

    // A secret may contain any of these characters. If a letter or digit follows, the secret continues, unless the next name begins there.
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

    // The end of what contains the header: a quoted string, a list, or the start of the next header. A quoted string after an equals sign
    // is part of the header.
    private static bool EndsHeader(in EventText text, int at, Glyph glyph)
    {
        Glyph next = text.GlyphAt(at + glyph.Length);
        return glyph.Value switch
        {
            (byte)'"' or (byte)'\'' => next.IsEnd || next.IsBlank
                || next.Value is (byte)',' or (byte)']' or (byte)'}' or (byte)')' or (byte)':',
            (byte)',' => IsName(text, text.SkipBlanks(at + glyph.Length), ":"u8),
            (byte)']' or (byte)'}' => !next.IsAlphanumeric,
            _ => false,
        };
    }

    // A value that begins with a bracket extends at least to the closing bracket: a placeholder of a template, or a marker.
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
