using System.Buffers;
using System.Globalization;
using System.Text;

namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Encodes texts as UTF-8 in which a lone surrogate has three bytes of its own, so that it equals only itself.</summary>
internal static class Wtf8
{
    internal static byte[] Encode(string text)
    {
        ArrayBufferWriter<byte> bytes = new((text.Length * 3) + 1);
        Span<byte> one = stackalloc byte[4];
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            int point = isPair ? char.ConvertToUtf32(text[i], text[i + 1]) : text[i];
            i += isPair ? 1 : 0;
            bytes.Write(one[..Write(point, one)]);
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Unescapes the inside of a valid JSON string.</summary>
    /// <param name="escaped">The text between the quotation marks.</param>
    /// <param name="destination">The destination, at least as long.</param>
    /// <returns>The number of bytes written.</returns>
    internal static int Unescape(ReadOnlySpan<byte> escaped, Span<byte> destination)
    {
        int written = 0;
        while (true)
        {
            int slash = escaped.IndexOf((byte)'\\');
            ReadOnlySpan<byte> plain = slash < 0 ? escaped : escaped[..slash];
            plain.CopyTo(destination[written..]);
            written += plain.Length;
            if (slash < 0)
            {
                return written;
            }

            escaped = escaped[(slash + 1)..];
            int point = ReadEscape(ref escaped);
            written += Write(point, destination[written..]);
        }
    }

    private static int ReadEscape(ref ReadOnlySpan<byte> rest)
    {
        byte escape = rest[0];
        if (escape != 'u')
        {
            rest = rest[1..];
            return escape switch
            {
                (byte)'b' => '\b',
                (byte)'f' => '\f',
                (byte)'n' => '\n',
                (byte)'r' => '\r',
                (byte)'t' => '\t',
                _ => escape,
            };
        }

        int unit = ReadUnit(rest);
        rest = rest[5..];
        if (unit is >= 0xD800 and < 0xDC00 && rest.Length >= 6 && rest[0] == '\\' && rest[1] == 'u'
            && ReadUnit(rest[1..]) is >= 0xDC00 and < 0xE000 and int low)
        {
            rest = rest[6..];
            return char.ConvertToUtf32((char)unit, (char)low);
        }

        return unit;
    }

    private static int ReadUnit(ReadOnlySpan<byte> rest) =>
        int.Parse(rest.Slice(1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static int Write(int point, Span<byte> destination)
    {
        if (Rune.TryCreate(point, out Rune rune))
        {
            return rune.EncodeToUtf8(destination);
        }

        destination[0] = (byte)(0xE0 | (point >> 12));
        destination[1] = (byte)(0x80 | ((point >> 6) & 0x3F));
        destination[2] = (byte)(0x80 | (point & 0x3F));
        return 3;
    }
}
