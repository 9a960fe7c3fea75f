using System.Buffers;
using CloudObserve.Logs.Capture;

namespace CloudObserve.Logs.Formatting;

/// <summary>Writes valid UTF-8 as JSON strings.</summary>
/// <remarks>Only characters that JSON requires to be escaped are escaped.</remarks>
internal static class JsonEscaping
{
    private const int FirstPrintable = 0x20;

    private static readonly SearchValues<byte> Special = SearchValues.Create([.. Enumerable.Range(0, FirstPrintable).Select(c => (byte)c), (byte)'"', (byte)'\\']);

    /// <summary>Returns the text as a JSON string with quotation marks.</summary>
    internal static byte[] Quote(ReadOnlySpan<byte> utf8)
    {
        Utf8Buffer buffer = new();
        AppendQuoted(buffer, utf8);
        return buffer.Written.ToArray();
    }

    /// <summary>Returns the text as the content of a JSON string.</summary>
    internal static byte[] Escape(ReadOnlySpan<byte> utf8) => Quote(utf8)[1..^1];

    /// <summary>Returns whether the text contains characters that must be escaped.</summary>
    internal static bool IsNeeded(ReadOnlySpan<byte> utf8) => utf8.ContainsAny(Special);

    /// <summary>Writes a text as a JSON string.</summary>
    /// <remarks>If it is interned, its prepared form is used.</remarks>
    internal static void AppendQuoted(Utf8Buffer output, InternedText? interned, ReadOnlySpan<byte> utf8)
    {
        if (interned is not null)
        {
            output.Append(interned.Json);
        }
        else
        {
            AppendQuoted(output, utf8);
        }
    }

    internal static void AppendQuoted(Utf8Buffer output, ReadOnlySpan<byte> utf8)
    {
        output.EnsureRoom(utf8.Length + 2);
        output.Append((byte)'"');
        Append(output, utf8);
        output.Append((byte)'"');
    }

    /// <summary>Writes the content of a JSON string.</summary>
    internal static void Append(Utf8Buffer output, ReadOnlySpan<byte> utf8)
    {
        int special = utf8.IndexOfAny(Special);
        while (special >= 0)
        {
            output.Append(utf8[..special]);
            AppendEscape(output, utf8[special]);
            utf8 = utf8[(special + 1)..];
            special = utf8.IndexOfAny(Special);
        }

        output.Append(utf8);
    }

    private static void AppendEscape(Utf8Buffer output, byte character)
    {
        switch (character)
        {
            case (byte)'"': output.Append("\\\""u8); break;
            case (byte)'\\': output.Append("\\\\"u8); break;
            case (byte)'\n': output.Append("\\n"u8); break;
            case (byte)'\r': output.Append("\\r"u8); break;
            case (byte)'\t': output.Append("\\t"u8); break;
            default:
                output.Append("\\u00"u8);
                output.Append(character, "x2");
                break;
        }
    }
}
