using System.Text;

namespace CloudObserve.LogEvents.Redaction;

/// <summary>Finds YAML values that are not on the line of their name.</summary>
internal static class YamlValues
{
    // Long enough for a private key. The limit bounds the work for a text with many names.
    private const int MaxBlock = 8192;
    private const int MaxIndentation = 128;

    /// <summary>Reads a block of lines after <c>name: |</c> or <c>name: ></c>, or the single word on the line after <c>name:</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="nameStart">The index of the name.</param>
    /// <param name="at">The index of the first character after the colon that is not a blank.</param>
    /// <param name="start">The start of the value.</param>
    /// <param name="end">The end of the value.</param>
    /// <returns><see langword="false"/> if there is no such value.</returns>
    internal static bool TryRead(in EventText text, int nameStart, int at, out int start, out int end)
    {
        (start, end) = (0, 0);
        Glyph glyph = text.GlyphAt(at);
        bool isBlock = glyph.Value is (byte)'|' or (byte)'>';
        if ((!isBlock && !glyph.IsLineBreak) || Indentation(text, nameStart) is not (>= 0 and int indentation))
        {
            return false;
        }

        int line = isBlock ? BehindIndicators(text, at + glyph.Length) : at;
        (start, end) = ReadLines(text, line, indentation, isBlock ? int.MaxValue : 1);
        return end > start && (isBlock || IsWord(text, start, end));
    }

    /// <summary>Reads the value of <c>- name: X</c> with <c>value: Y</c> on the next line.</summary>
    internal static bool TryReadPair(in EventText text, int nameStart, int at, out int start, out int end)
    {
        (start, end) = (0, 0);
        ReadOnlySpan<byte> before = text.Bytes[..nameStart].TrimEnd(" \"'\\"u8);
        int value = text.SkipSpace(at);
        int colon = value + "value".Length;
        if (!(EndsWith(before, "name:"u8) || EndsWith(before, "key:"u8)) || text.At(colon) != ':'
            || !Ascii.EqualsIgnoreCase(text.Bytes[value..colon], "value"u8))
        {
            return false;
        }

        start = text.SkipBlanks(colon + 1);
        if (!QuotedValues.TryRead(text, start, out int quoted, out end))
        {
            end = LineEnd(text, start);
            return end > start;
        }

        start = quoted;
        return true;
    }

    private static bool EndsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> end) =>
        text.Length >= end.Length && Ascii.EqualsIgnoreCase(text[^end.Length..], end);

    // Returns the number of columns before the name if they are blanks or begin a list item; otherwise -1.
    private static int Indentation(in EventText text, int nameStart)
    {
        int start = nameStart;
        while (nameStart - start < MaxIndentation && (text.At(start - 1) == ' ' || (text.At(start - 1) == '-' && text.At(start) == ' ')))
        {
            start--;
        }

        byte before = text.GlyphBefore(start);
        return before is 0 or (byte)'\n' or (byte)'"' ? nameStart - start : -1;
    }

    // Skips the indicators that say how the lines of a block are joined. Returns zero if the line contains more than them.
    private static int BehindIndicators(in EventText text, int at)
    {
        while (text.At(at) is (byte)'+' or (byte)'-' or (>= (byte)'1' and <= (byte)'9'))
        {
            at++;
        }

        at = text.SkipBlanks(at);
        return text.GlyphAt(at).IsLineBreak ? at : 0;
    }

    private static (int Start, int End) ReadLines(in EventText text, int at, int indentation, int max)
    {
        int start = 0;
        int end = 0;
        int first = at;
        for (int lines = 0; at > 0 && at - first < MaxBlock && lines < max && text.GlyphAt(at) is { IsLineBreak: true } lineBreak;)
        {
            int line = at + lineBreak.Length;
            int content = text.SkipBlanks(line);
            at = LineEnd(text, content);
            if (at == content)
            {
                continue;
            }

            if (content - line <= indentation)
            {
                break;
            }

            start = start == 0 ? content : start;
            end = at;
            lines++;
        }

        return (start, end);
    }

    /// <summary>Finds the end of a line.</summary>
    internal static int LineEnd(in EventText text, int at)
    {
        while (!ValueExtents.EndsLine(text, at))
        {
            at += text.GlyphAt(at).Length;
        }

        return at;
    }

    // The line contains one word that is neither another name nor a list item.
    private static bool IsWord(in EventText text, int start, int end) =>
        ValueExtents.Word(text, start) == end && text.At(start) != '-' && text.At(end - 1) is not ((byte)':' or (byte)'.');
}
