using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>
/// A seeded hash of short strings: two multiplications for up to eight characters. <c>string.GetHashCode</c> costs several times as much,
/// and a look-up hashes seven strings.
/// </summary>
/// <remarks>
/// The seed is drawn once per process, so collisions cannot be prepared from outside. It need not be cryptographic: the tables it serves
/// are bounded by the cardinality budget, which bounds the harm of collisions too.
/// </remarks>
internal static class StringHash
{
    private static readonly ulong Seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));

    internal static ulong Of(string? text)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(text.AsSpan());
        ulong hash = Seed ^ (ulong)bytes.Length;
        while (bytes.Length > 16)
        {
            hash = Mix(hash ^ Read(bytes), Read(bytes[8..]));
            bytes = bytes[16..];
        }

        if (bytes.Length >= 8)
        {
            // The two reads overlap for less than sixteen bytes; the length, mixed in above, keeps such strings apart.
            return Mix(hash ^ Read(bytes), Read(bytes[^8..]));
        }

        ulong tail = 0;
        foreach (byte b in bytes)
        {
            tail = (tail << 8) | b;
        }

        return Mix(hash, tail);
    }

    /// <summary>Folds the 128-bit product of two words, each made odd-ish by a constant so that zero does not swallow the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Mix(ulong x, ulong y)
    {
        ulong high = Math.BigMul(x ^ 0xA076_1D64_78BD_642F, y ^ 0xE703_7ED1_A0B4_28DB, out ulong low);
        return high ^ low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Read(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<ulong>(bytes);
}
