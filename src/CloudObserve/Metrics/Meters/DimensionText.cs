using System.Globalization;
using System.Text;

namespace CloudObserve.Metrics.Meters;

/// <summary>Changes text that CloudWatch would refuse in a dimension as little as it takes. What is distinct stays distinct, but for what is cut.</summary>
internal static class DimensionText
{
    /// <summary>Writes a text so that CloudWatch takes it: printable ASCII, and no longer than it may be.</summary>
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

    // As in an address: the bytes of the UTF-8 text, each as % and two hexadecimal digits. Any tool can read it back.
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
