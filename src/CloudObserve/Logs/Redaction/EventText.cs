namespace CloudObserve.Logs.Redaction;

/// <summary>The text of an event, with what detectors must know of its JSON escapes: a match must neither begin nor end inside of one.</summary>
internal readonly ref struct EventText
{
    private const int ShortEscape = 2;
    private const int UnicodeEscape = 6;

    // Longer than any name. It keeps the work for a text of a million word characters proportional to its length.
    private const int MaxWordLength = 128;

    internal EventText(ReadOnlySpan<byte> bytes)
    {
        Bytes = bytes;
        IsJson = LooksLikeJson(bytes);
    }

    /// <summary>Gets the text.</summary>
    internal ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Gets whether the text begins and ends as a JSON value does. Text that does so by chance is treated with more care than it needs.</summary>
    internal bool IsJson { get; }

    internal int Length => Bytes.Length;

    internal byte this[int index] => Bytes[index];

    internal static bool IsAlphanumeric(byte value) => char.IsAsciiLetterOrDigit((char)value);

    internal static bool IsWord(byte value) => IsAlphanumeric(value) || value is (byte)'_' or (byte)'-';

    /// <summary>Gets the byte at an index, or zero outside of the text.</summary>
    internal byte At(int index) => (uint)index < (uint)Bytes.Length ? Bytes[index] : (byte)0;

    /// <summary>Tells whether no letter or digit stands before an index. The letter of an escape such as <c>\n</c> is none.</summary>
    internal bool IsBoundaryBefore(int index) => !IsAlphanumeric(At(index - 1)) || EndsEscape(index);

    internal bool IsBoundaryAfter(int end) => !IsAlphanumeric(At(end));

    /// <summary>Tells whether an escape ends right before an index.</summary>
    internal bool EndsEscape(int index) => IsJson && (EscapeCovering(index - 1) is { } start && start + EscapeLength(start) == index);

    /// <summary>Tells whether cutting the text at an index would cut an escape. At its end there is none to cut.</summary>
    internal bool IsInsideEscape(int index) => IsJson && index < Length && (EscapeCovering(index) is { } start && start < index);

    /// <summary>Finds the beginning of a run of word characters that goes back from an index.</summary>
    internal int WordStart(int index)
    {
        int start = index;
        while (start > 0 && index - start < MaxWordLength && IsWord(Bytes[start - 1]) && !EndsEscape(start))
        {
            start--;
        }

        return start;
    }

    internal int WordEnd(int index)
    {
        int end = index;
        while (end < Bytes.Length && end - index < MaxWordLength && IsWord(Bytes[end]))
        {
            end++;
        }

        return end;
    }

    private static bool LooksLikeJson(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> text = bytes.Trim(" \t\r\n"u8);
        return text.Length > 1
            && (text[0], text[^1]) is ((byte)'{', (byte)'}') or ((byte)'[', (byte)']') or ((byte)'"', (byte)'"');
    }

    // Where the escape begins that an index is part of. An escape has at most six bytes, and its backslash is one with an even run before it.
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
