using System.Text;

namespace CloudObserve.Audit.Records;

/// <summary>Truncates texts by their size in UTF-8.</summary>
internal static class Utf8Cut
{
    private const int MaxBytesPerChar = 3;

    /// <summary>
    /// Returns the longest beginning of a text that has at most the given number of bytes and ends with a whole character.
    /// </summary>
    internal static string To(string text, int maxBytes)
    {
        if (text.Length * MaxBytesPerChar <= maxBytes)
        {
            return text;
        }

        int bytes = 0;
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > maxBytes)
            {
                return text[..length];
            }

            length += rune.Utf16SequenceLength;
        }

        return text;
    }
}
