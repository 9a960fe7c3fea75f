using System.Buffers;
using System.Buffers.Text;

namespace CloudObserve.LogEvents.Redaction;

/// <summary>Represents the text of an event with its JSON escapes.</summary>
/// <remarks>A match must neither begin nor end inside an escape.</remarks>
internal readonly ref struct EventText
{
    private const int ShortEscape = 2;
    private const int UnicodeEscape = 6;
    private const int FirstBeyondAscii = 0x80;

    // Longer than any name. It keeps the work proportional to the length of a text with a million word characters.
    private const int MaxWordLength = 128;

    private static readonly SearchValues<byte> WordBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8);

    internal EventText(ReadOnlySpan<byte> bytes)
    {
        Bytes = bytes;
        IsJson = LooksLikeJson(bytes);
    }

    /// <summary>Gets the text.</summary>
    internal ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Gets whether the text begins and ends like a JSON value.</summary>
    /// <remarks>Other text that does so by chance is only treated more carefully than necessary.</remarks>
    internal bool IsJson { get; }

    internal int Length => Bytes.Length;

    internal byte this[int index] => Bytes[index];

    internal static bool IsAlphanumeric(byte value) => char.IsAsciiLetterOrDigit((char)value);

    internal static bool IsWord(byte value) => IsAlphanumeric(value) || value is (byte)'_' or (byte)'-';

    /// <summary>Returns the byte at an index, or zero outside of the text.</summary>
    internal byte At(int index) => (uint)index < (uint)Bytes.Length ? Bytes[index] : (byte)0;

    /// <summary>Returns whether no letter or digit precedes an index.</summary>
    /// <remarks>The letter of an escape such as <c> </c> or <c>%3D</c> does not count.</remarks>
    internal bool IsBoundaryBefore(int index) => !IsAlphanumeric(At(index - 1)) || EndsEscapeOfAnyDepth(index) || At(index - 3) == '%';

    internal bool IsBoundaryAfter(int end) => !IsAlphanumeric(At(end));

    /// <summary>Returns whether an escape ends directly before an index.</summary>
    internal bool EndsEscape(int index) => IsJson && (EscapeCovering(index - 1) is { } start && start + EscapeLength(start) == index);

    /// <summary>Returns whether cutting the text at an index would cut an escape.</summary>
    /// <remarks>At the end of the text there is none.</remarks>
    internal bool IsInsideEscape(int index) => IsJson && index < Length && (EscapeCovering(index) is { } start && start < index);

    /// <summary>Returns whether the bytes before an index look like the end of an escape.</summary>
    /// <remarks>In JSON nested in JSON they are one.</remarks>
    internal bool EndsEscapeOfAnyDepth(int index) => At(index - 1) switch
    {
        (byte)'n' or (byte)'r' or (byte)'t' => At(index - ShortEscape) == '\\',
        byte last => char.IsAsciiHexDigit((char)last) && index >= UnicodeEscape && IsUnicodeEscape(index - UnicodeEscape),
    };

    /// <summary>Reads the character at an index, which must not be inside an escape.</summary>
    internal Glyph GlyphAt(int index)
    {
        byte first = At(index);
        if (first != '\\')
        {
            return new Glyph(first, index < Length ? 1 : 0);
        }

        int run = Bytes[index..].IndexOfAnyExcept((byte)'\\');
        return run < 0 ? new Glyph(first, Length - index) : Escape(index, run);
    }

    /// <summary>Finds the end of a run of certain characters that begins at an index.</summary>
    /// <remarks>An escape counts as the character that it represents.</remarks>
    internal int RunEnd(int index, SearchValues<byte> characters)
    {
        while (index < Length)
        {
            int length = Bytes[index..].IndexOfAnyExcept(characters);
            if (length < 0)
            {
                return Length;
            }

            index += length;
            Glyph glyph = GlyphAt(index);
            if (glyph.Length <= 1 || !characters.Contains(glyph.Value))
            {
                return index;
            }

            index += glyph.Length;
        }

        return index;
    }

    /// <summary>Finds the first character from an index on that is neither a blank nor a line break.</summary>
    internal int SkipSpace(int index)
    {
        Glyph glyph = GlyphAt(index);
        while (glyph.IsBlank || glyph.IsLineBreak)
        {
            index += glyph.Length;
            glyph = GlyphAt(index);
        }

        return index;
    }

    /// <summary>Finds the first character from an index on that is not a blank.</summary>
    internal int SkipBlanks(int index)
    {
        Glyph glyph = GlyphAt(index);
        while (glyph.IsBlank)
        {
            index += glyph.Length;
            glyph = GlyphAt(index);
        }

        return index;
    }

    /// <summary>Finds the beginning of the run of word characters that ends at an index.</summary>
    internal int WordStart(int index)
    {
        int first = Math.Max(0, index - MaxWordLength);
        int stop = Bytes[first..index].LastIndexOfAnyExcept(WordBytes) + first;
        return stop >= first && Bytes[stop] == '\\' ? EndOfEscape(stop, index) : stop + 1;
    }

    internal int WordEnd(int index)
    {
        ReadOnlySpan<byte> near = Bytes[index..Math.Min(Length, index + MaxWordLength)];
        int length = near.IndexOfAnyExcept(WordBytes);
        return index + (length < 0 ? near.Length : length);
    }

    /// <summary>Gets the character before an index; zero at the beginning of the text.</summary>
    internal byte GlyphBefore(int end)
    {
        if (!EndsEscapeOfAnyDepth(end))
        {
            return At(end - 1);
        }

        return At(end - ShortEscape) == '\\' ? (byte)'\n' : GlyphAt(end - UnicodeEscape).Value;
    }

    private static bool LooksLikeJson(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> text = bytes.Trim(" \t\r\n"u8);
        return text.Length > 1
            && (text[0], text[^1]) is ((byte)'{', (byte)'}') or ((byte)'[', (byte)']') or ((byte)'"', (byte)'"');
    }

    // Where the escape of any depth ends that a backslash begins; right behind the backslash if that begins none, or one that goes on
    // beyond the limit.
    private int EndOfEscape(int backslash, int limit)
    {
        int end = At(backslash + 1) is (byte)'n' or (byte)'r' or (byte)'t' ? backslash + ShortEscape
            : IsUnicodeEscape(backslash) ? backslash + UnicodeEscape : backslash + 1;
        return end <= limit ? end : backslash + 1;
    }

    private bool IsUnicodeEscape(int index) =>
        Bytes[index] == '\\' && At(index + 1) == 'u' && CodeAt(index + 2) >= 0;

    // The number in four hexadecimal digits, or -1.
    private int CodeAt(int index) =>
        index + 4 <= Length && Utf8Parser.TryParse(Bytes.Slice(index, 4), out int code, out int read, 'x') && read == 4 ? code : -1;

    // The character after a run of backslashes decides its meaning. In JSON, an even run before such a letter is a backslash and the
    // letter, or a line break of a text nested one level deeper; the latter is far more frequent.
    private Glyph Escape(int index, int run)
    {
        int behind = index + run;
        QuoteToken quote = QuoteToken.BehindRun(Bytes[behind..], run);
        if (quote.Exists)
        {
            return quote.Backslashes == run ? new Glyph((byte)'"', quote.Length) : new Glyph((byte)'\\', run - quote.Backslashes);
        }

        bool isEscape = IsJson && (run % 2 == 1 || At(behind) is (byte)'n' or (byte)'r' or (byte)'t');
        if (At(behind) == 'u' && CodeAt(behind + 1) is >= 0 and int code && (isEscape || code < FirstBeyondAscii))
        {
            return new Glyph(code < FirstBeyondAscii ? (byte)code : byte.MaxValue, run + UnicodeEscape - 1);
        }

        return isEscape ? new Glyph(ShortEscaped(Bytes[behind]), run + 1) : new Glyph((byte)'\\', run);
    }

    private static byte ShortEscaped(byte letter) => letter switch
    {
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        (byte)'b' or (byte)'f' => (byte)' ',
        _ => letter,
    };

    // Returns the start of the escape that contains an index. An escape has at most six bytes, and its backslash is preceded by an even
    // number of backslashes.
    private int? EscapeCovering(int index)
    {
        for (int start = index; start >= 0 && start > index - UnicodeEscape; start--)
        {
            if (Bytes[start] == '\\')
            {
                int first = start;
                while (first > 0 && Bytes[first - 1] == '\\')
                {
                    first--;
                }

                int begin = (start - first) % 2 == 0 ? start : start - 1;
                return begin + EscapeLength(begin) > index ? begin : null;
            }
        }

        return null;
    }

    private int EscapeLength(int backslash) => At(backslash + 1) == 'u' ? UnicodeEscape : ShortEscape;
}
