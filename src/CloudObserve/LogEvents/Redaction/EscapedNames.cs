namespace CloudObserve.LogEvents.Redaction;

/// <summary>Reads names with some letters written as escapes, such as <c>p\u0061ssword</c>.</summary>
internal static class EscapedNames
{
    private const int EscapeLength = 6;
    private const int MaxName = 64;
    private const int MaxBytes = 256;

    /// <summary>Gets the beginnings of the escapes of ASCII letters.</summary>
    /// <remarks>Encoders do not write them, so ordinary text does not contain them.</remarks>
    internal static IReadOnlyCollection<string> Words { get; } = [@"\u004", @"\u005", @"\u006", @"\u007"];

    /// <summary>Reads the name around an escape.</summary>
    /// <returns>The name; its kind is None if there is no name at the position, or not one of a secret.</returns>
    internal static FieldName At(in EventText text, int at, FieldNames names)
    {
        if (text.At(at) != '\\')
        {
            return default;
        }

        Span<byte> name = stackalloc byte[MaxName];
        int start = Start(text, at);
        int end = start;
        int length = 0;
        Glyph glyph = text.GlyphAt(end);
        while (EventText.IsWord(glyph.Value) && length < name.Length)
        {
            name[length++] = glyph.Value;
            end += glyph.Length;
            glyph = text.GlyphAt(end);
        }

        return new FieldName(start, end, names.Find(name[..length]));
    }

    private static int Start(in EventText text, int at)
    {
        int start = FirstOfRun(text, at);
        while (at - start < MaxBytes && start > 0)
        {
            if (!text.EndsEscapeOfAnyDepth(start))
            {
                if (!EventText.IsWord(text[start - 1]))
                {
                    break;
                }

                start--;
            }
            else if (start >= EscapeLength && EventText.IsWord(text.GlyphAt(start - EscapeLength).Value))
            {
                start = FirstOfRun(text, start - EscapeLength);
            }
            else
            {
                break;
            }
        }

        return start;
    }

    // The escape's own backslash, and those that double it in nested strings.
    private static int FirstOfRun(in EventText text, int at)
    {
        int start = at;
        while (start > 0 && at - start < MaxBytes && text[start - 1] == '\\')
        {
            start--;
        }

        return start;
    }
}
