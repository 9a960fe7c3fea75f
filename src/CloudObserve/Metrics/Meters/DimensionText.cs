using System.Globalization;
using System.Text;

namespace CloudObserve.Metrics.Meters;

/// <summary>Replaces or removes characters that CloudWatch refuses in a dimension.</summary>
/// <remarks>Different texts stay different, unless they are cut to the maximum length.</remarks>
internal static class DimensionText
{
    /// <summary>Writes a text as printable ASCII of at most the given length.</summary>
    internal static string Write(string text, int maxLength, ref TagRepairs repairs)
    {
        if (text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            repairs |= TagRepairs.NotAscii;
            return Encode(text, maxLength, ref repairs);
        }

        if (text.Length <= maxLength)
        {
            return text;
        }

        repairs |= TagRepairs.TooLong;
        return text[..maxLength];
    }

    // Percent-encoding, as in URLs: each byte of the UTF-8 text becomes % and two hexadecimal digits. Any tool can decode it.
    private static string Encode(string text, int maxLength, ref TagRepairs repairs)
    {
        StringBuilder encoded = new(Math.Min(text.Length * 3, maxLength));
        Span<byte> bytes = stackalloc byte[4];
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isPlain = rune.Value is >= ' ' and <= '~';
            int count = isPlain ? 1 : rune.EncodeToUtf8(bytes);
            if (encoded.Length + (isPlain ? 1 : count * 3) > maxLength)
            {
                repairs |= TagRepairs.TooLong;
                break;
            }

            if (isPlain)
            {
                _ = encoded.Append((char)rune.Value);
                continue;
            }

            foreach (byte value in bytes[..count])
            {
                _ = encoded.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }
}
