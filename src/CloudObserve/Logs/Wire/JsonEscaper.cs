using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace CloudObserve.Logs.Wire;

/// <summary>Writes UTF-8 text as the inside of a JSON string.</summary>
/// <remarks>
/// Only what JSON demands is escaped: the quote, the backslash and control characters. The text is usually JSON itself and has a quote every few
/// bytes, which is where the general encoder of System.Text.Json spends its time; here each one costs a table look-up and one more block.
/// </remarks>
internal static class JsonEscaper
{
    // Bounds the room asked for: a control character takes six bytes, so a chunk needs at most six times its length.
    private const int ChunkBytes = 1024;
    private const int MaxEscapeBytes = 6;

    // The second character of the two-character escapes; zero where JSON has none and \u00XX is due.
    private static ReadOnlySpan<byte> ShortEscapes => "\0\0\0\0\0\0\0\0btn\0fr\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"u8;

    /// <summary>Escapes a text.</summary>
    /// <param name="text">Valid UTF-8; invalid bytes would be copied as they are.</param>
    /// <param name="output">Gets the escaped text, without quotes around it.</param>
    internal static void Write(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        while (!text.IsEmpty)
        {
            ReadOnlySpan<byte> chunk = text[..Math.Min(text.Length, ChunkBytes)];
            output.Advance(Escape(chunk, output.GetSpan((chunk.Length * MaxEscapeBytes) + Vector128<byte>.Count)));
            text = text[chunk.Length..];
        }
    }

    private static int Escape(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int read = 0;
        int written = 0;
        while (read + Vector128<byte>.Count <= source.Length)
        {
            // The whole block is stored, also what follows the first special byte: it is overwritten by what comes next.
            Vector128<byte> block = Vector128.Create(source.Slice(read, Vector128<byte>.Count));
            block.CopyTo(target[written..]);
            uint special = Special(block);
            int clean = special == 0 ? Vector128<byte>.Count : BitOperations.TrailingZeroCount(special);
            read += clean;
            written += clean;
            if (special != 0)
            {
                written += EscapeByte(source[read++], target[written..]);
            }
        }

        while (read < source.Length)
        {
            written += WriteByte(source[read++], target[written..]);
        }

        return written;
    }

    private static uint Special(Vector128<byte> block) =>
        (Vector128.LessThan(block, Vector128.Create((byte)' '))
            | Vector128.Equals(block, Vector128.Create((byte)'"'))
            | Vector128.Equals(block, Vector128.Create((byte)'\\'))).ExtractMostSignificantBits();

    private static int WriteByte(byte value, Span<byte> target)
    {
        if (value is < (byte)' ' or (byte)'"' or (byte)'\\')
        {
            return EscapeByte(value, target);
        }

        target[0] = value;
        return 1;
    }

    private static int EscapeByte(byte value, Span<byte> target)
    {
        target[0] = (byte)'\\';
        byte letter = value < ShortEscapes.Length ? ShortEscapes[value] : value;
        if (letter != 0)
        {
            target[1] = letter;
            return 2;
        }

        "u00"u8.CopyTo(target[1..]);
        target[4] = (byte)('0' + (value >> 4));
        target[5] = (byte)"0123456789abcdef"[value & 0xF];
        return MaxEscapeBytes;
    }
}
