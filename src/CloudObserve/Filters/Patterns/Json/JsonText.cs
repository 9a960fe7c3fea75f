using System.Globalization;
using System.Text;

namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Removes the escapes of a JSON string.</summary>
internal static class JsonText
{
    /// <summary>Writes the unescaped text, which is never longer.</summary>
    /// <remarks>A lone surrogate becomes U+FFFD.</remarks>
    /// <param name="escaped">The content between the quotation marks of a string that the scanner has accepted.</param>
    /// <param name="destination">The destination, at least as long as <paramref name="escaped"/>.</param>
    /// <returns>The number of bytes written.</returns>
    internal static int Unescape(ReadOnlySpan<byte> escaped, Span<byte> destination)
    {
        int written = 0;
        int escape;
        while ((escape = escaped.IndexOf((byte)'\\')) >= 0)
        {
            escaped[..escape].CopyTo(destination[written..]);
            written += escape;
            escaped = escaped[escape..];
            Rune rune = TakeEscape(ref escaped);
            written += rune.EncodeToUtf8(destination[written..]);
        }

        escaped.CopyTo(destination[written..]);
        return written + escaped.Length;
    }

    private static Rune TakeEscape(ref ReadOnlySpan<byte> text)
    {
        char escape = (char)text[1];
        if (escape == 'u')
        {
            return TakeCodePoint(ref text);
        }

        text = text[2..];
        return new Rune(escape switch
        {
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => escape,
        });
    }

    private static Rune TakeCodePoint(ref ReadOnlySpan<byte> text)
    {
        char first = TakeUnit(ref text);
        if (char.IsHighSurrogate(first) && text.StartsWith("\\u"u8))
        {
            ReadOnlySpan<byte> behind = text;
            char second = TakeUnit(ref behind);
            if (Rune.TryCreate(first, second, out Rune pair))
            {
                text = behind;
                return pair;
            }
        }

        return Rune.TryCreate(first, out Rune single) ? single : Rune.ReplacementChar;
    }

    private static char TakeUnit(ref ReadOnlySpan<byte> text)
    {
        _ = ushort.TryParse(text.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit);
        text = text[6..];
        return (char)unit;
    }
}
