using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CloudObserve.LogEvents.Text;

namespace CloudObserve.LogEvents.Text;

/// <content>
/// Expands a block of bytes at once, whatever the number and positions of its quotation marks and backslashes: 32 bytes by one instruction
/// on processors that support it, otherwise eight bytes by one shuffle.
/// </content>
internal static partial class JsonEscaper
{
    private const int HalfBlock = 8;

    private static readonly byte[] LowerPlaces = CreatePlaces(0);
    private static readonly byte[] UpperPlaces = CreatePlaces(HalfBlock);

    private static int BlockBytes => Avx512Vbmi2.IsSupported ? Vector256<byte>.Count : Vector128<byte>.Count;

    private static Vector128<byte> LowerHalf => Vector128.Create(ulong.MaxValue, 0).AsByte();

    private static Vector128<byte> Backslashes => Vector128.Create((byte)'\\');

    // The second character of the two-character escapes; zero where JSON has none and \u00XX is needed.
    private static ReadOnlySpan<byte> ShortEscapes => "\0\0\0\0\0\0\0\0btn\0fr\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"u8;

    private static int Escape(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int read = 0;
        int written = 0;
        for (; read + BlockBytes <= source.Length; read += BlockBytes)
        {
            written += EscapeBlock(source.Slice(read, BlockBytes), target[written..]);
        }

        ReadOnlySpan<byte> rest = source[read..];
        return rest.IsEmpty ? written : written + EscapeRest(rest, target[written..]);
    }

    // Processed as a block that is padded with spaces. The padding is copied unchanged and overwritten by the next text.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int EscapeRest(ReadOnlySpan<byte> rest, Span<byte> target)
    {
        Span<byte> padded = stackalloc byte[BlockBytes];
        padded.Fill((byte)' ');
        rest.CopyTo(padded);
        return EscapeBlock(padded, target) - (BlockBytes - rest.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int EscapeBlock(ReadOnlySpan<byte> source, Span<byte> target) =>
        Avx512Vbmi2.IsSupported ? EscapeByCompressing(source, target) : EscapeByShuffling(source, target);

    // A backslash is inserted before every byte, and the ones that are not needed are removed by compression.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int EscapeByCompressing(ReadOnlySpan<byte> source, Span<byte> target)
    {
        Vector256<byte> block = Vector256.Create(source);
        if (Vector256.LessThanAny(block, Vector256.Create((byte)' ')))
        {
            return WriteBytes(source[..Vector256<byte>.Count], target);
        }

        Vector256<byte> escaped = Vector256.Equals(block, Vector256.Create((byte)'"'))
            | Vector256.Equals(block, Vector256.Create((byte)'\\'));
        Vector512<ushort> pairs = (Avx512BW.ConvertToVector512UInt16(block) << 8) | Vector512.Create((ushort)'\\');
        Vector512<ushort> kept = Avx512BW.ConvertToVector512Int16(escaped.AsSByte()).AsUInt16() | Vector512.Create((ushort)0xFF00);
        Avx512Vbmi2.Compress(Vector512<byte>.Zero, kept.AsByte(), pairs.AsByte()).CopyTo(target);
        return Vector256<byte>.Count + BitOperations.PopCount(escaped.ExtractMostSignificantBits());
    }

    /// <summary>Escapes a block of sixteen bytes on processors of every kind.</summary>
    /// <remarks>It is internal so that tests can run it on processors with a faster path.</remarks>
    /// <returns>The number of bytes written. Up to sixteen bytes after them are overwritten.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int EscapeByShuffling(ReadOnlySpan<byte> source, Span<byte> target)
    {
        Vector128<byte> block = Vector128.Create(source);
        if (Vector128.LessThanAny(block, Vector128.Create((byte)' ')))
        {
            return WriteBytes(source[..Vector128<byte>.Count], target);
        }

        uint escaped = (Vector128.Equals(block, Vector128.Create((byte)'"'))
            | Vector128.Equals(block, Backslashes)).ExtractMostSignificantBits();
        if (escaped == 0)
        {
            block.CopyTo(target);
            return Vector128<byte>.Count;
        }

        // Each half is stored as sixteen bytes; the excess is overwritten by the next text.
        int written = Spread(Vector128.ConditionalSelect(LowerHalf, block, Backslashes), escaped & 0xFF, LowerPlaces, target);
        return written + Spread(
            Vector128.ConditionalSelect(LowerHalf, Backslashes, block), escaped >> HalfBlock, UpperPlaces, target[written..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Spread(Vector128<byte> halfAndBackslashes, uint escaped, byte[] places, Span<byte> target)
    {
        Vector128<byte> order = Vector128.Create(places.AsSpan((int)escaped * Vector128<byte>.Count, Vector128<byte>.Count));
        Vector128.ShuffleNative(halfAndBackslashes, order).CopyTo(target);
        return HalfBlock + BitOperations.PopCount(escaped);
    }

    // For each combination of escaped bytes among the eight of a half: the source index in the block for each byte of the result. The other
    // half contains backslashes.
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
