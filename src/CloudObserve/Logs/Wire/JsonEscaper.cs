using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CloudObserve.Logs.Wire;

/// <summary>Writes UTF-8 text as the inside of a JSON string.</summary>
/// <remarks>
/// Only what JSON demands is escaped: the quote, the backslash and control characters. The text is usually JSON itself and has a quote every few
/// bytes, which is where the general encoder of System.Text.Json spends its time; here eight bytes at a time are spread by one shuffle, wherever
/// their quotes and backslashes are and however many.
/// </remarks>
internal static class JsonEscaper
{
    // Bounds the room asked for: a control character takes six bytes, so a chunk needs at most six times its length.
    private const int ChunkBytes = 1024;
    private const int MaxEscapeBytes = 6;
    private const int HalfBlock = 8;

    private static readonly byte[] LowerPlaces = CreatePlaces(0);
    private static readonly byte[] UpperPlaces = CreatePlaces(HalfBlock);

    private static Vector128<byte> LowerHalf => Vector128.Create(ulong.MaxValue, 0).AsByte();

    private static Vector128<byte> Backslashes => Vector128.Create((byte)'\\');

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
        for (; read + Vector128<byte>.Count <= source.Length; read += Vector128<byte>.Count)
        {
            Vector128<byte> block = Vector128.Create(source.Slice(read, Vector128<byte>.Count));
            uint escaped = (Vector128.Equals(block, Vector128.Create((byte)'"')) | Vector128.Equals(block, Backslashes)).ExtractMostSignificantBits();
            if (Vector128.LessThanAny(block, Vector128.Create((byte)' ')))
            {
                written += WriteBytes(source.Slice(read, Vector128<byte>.Count), target[written..]);
            }
            else if (escaped == 0)
            {
                block.CopyTo(target[written..]);
                written += Vector128<byte>.Count;
            }
            else
            {
                // Each half is stored as sixteen bytes; what is too much is overwritten by what comes next.
                written += Spread(Vector128.ConditionalSelect(LowerHalf, block, Backslashes), escaped & 0xFF, LowerPlaces, target[written..]);
                written += Spread(Vector128.ConditionalSelect(LowerHalf, Backslashes, block), escaped >> HalfBlock, UpperPlaces, target[written..]);
            }
        }

        return written + WriteBytes(source[read..], target[written..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Spread(Vector128<byte> halfAndBackslashes, uint escaped, byte[] places, Span<byte> target)
    {
        Vector128<byte> order = Vector128.Create(places.AsSpan((int)escaped * Vector128<byte>.Count, Vector128<byte>.Count));
        Vector128.ShuffleNative(halfAndBackslashes, order).CopyTo(target);
        return HalfBlock + BitOperations.PopCount(escaped);
    }

    // For each set of escaped bytes among the eight of a half: where in the block each byte of the result comes from. The other half holds backslashes.
    private static byte[] CreatePlaces(int half)
    {
        byte[] places = new byte[(1 << HalfBlock) * Vector128<byte>.Count];
        for (int escaped = 0; escaped < 1 << HalfBlock; escaped++)
        {
            int at = escaped * Vector128<byte>.Count;
            for (int i = 0; i < HalfBlock; i++)
            {
                if ((escaped & (1 << i)) != 0)
                {
                    places[at++] = (byte)(HalfBlock - half);
                }

                places[at++] = (byte)(half + i);
            }
        }

        return places;
    }

    private static int WriteBytes(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int written = 0;
        foreach (byte value in source)
        {
            written += WriteByte(value, target[written..]);
        }

        return written;
    }

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
