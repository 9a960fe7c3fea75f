using System.Buffers;
using System.Runtime.Intrinsics;

namespace CloudObserve.LogEvents.Text;

/// <summary>Writes valid UTF-8 as JSON strings.</summary>
/// <remarks>
/// Only the characters that JSON requires are escaped: the quotation mark, the backslash and control characters. <c>Append</c> is for texts
/// that rarely contain one. <see cref="Write"/> is for texts that are JSON themselves and contain a quotation mark every few bytes, for
/// which the general encoder of System.Text.Json is slow.
/// </remarks>
internal static partial class JsonEscaper
{
    private const int FirstPrintable = 0x20;
    private const int MaxEscapeBytes = 6;

    // Limits the requested memory: a control character becomes six bytes, so a chunk needs at most six times its length.
    private const int ChunkBytes = 1024;

    private static readonly SearchValues<byte> Special =
        SearchValues.Create([.. Enumerable.Range(0, FirstPrintable).Select(c => (byte)c), (byte)'"', (byte)'\\']);

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
            output.Advance(EscapeByte(utf8[special], output.GetSpan(MaxEscapeBytes)));
            utf8 = utf8[(special + 1)..];
            special = utf8.IndexOfAny(Special);
        }

        output.Append(utf8);
    }

    /// <summary>Escapes a text.</summary>
    /// <param name="text">Valid UTF-8. Invalid bytes would be copied unchanged.</param>
    /// <param name="output">Receives the escaped text without quotation marks around it.</param>
    internal static void Write(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        while (!text.IsEmpty)
        {
            ReadOnlySpan<byte> chunk = text[..Math.Min(text.Length, ChunkBytes)];
            output.Advance(Escape(chunk, output.GetSpan((chunk.Length * MaxEscapeBytes) + Vector512<byte>.Count)));
            text = text[chunk.Length..];
        }
    }
}
