namespace CloudObserve.Logs.Redaction;

/// <summary>Reads names whose letters are partly written as escapes, such as <c>p\u0061ssword</c>.</summary>
internal static class EscapedNames
{
    private const int EscapeLength = 6;
    private const int MaxName = 64;
    private const int MaxBytes = 256;

    /// <summary>Gets how the escapes of the letters of ASCII begin. Encoders do not write them, so ordinary text has none.</summary>
    internal static IReadOnlyCollection<string> Words { get; } = [@"\u004", @"\u005", @"\u006", @"\u007"];

    /// <summary>Reads the name around an escape.</summary>
    /// <returns>The name; of no kind if the place is none, or the name none of a secret.</returns>
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

    // The escape's own backslash, and those that double it in strings inside of strings.
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
