using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>Hashes short strings with a seed: one multiplication for up to eight characters.</summary>
/// <remarks>
/// <c>string.GetHashCode</c> costs several times as much. Every character is hashed. The seeds are drawn once per process, so nobody
/// outside the process can prepare texts that collide. The hash need not be cryptographic: the cardinality budget bounds the tables that
/// use it.
/// </remarks>
internal static class StringHash
{
    // Both factors of each product are seeded, so no input can make one factor zero and cancel the other.
    private static readonly ulong SeedX = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));
    private static readonly ulong SeedY = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));

    /// <summary>Hashes a text together with the hash of the text before it.</summary>
    /// <param name="before">The hash of the preceding text, or 0.</param>
    /// <param name="text">The text. <see langword="null"/> has the hash of the empty text.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Of(ulong before, string? text)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(text.AsSpan());
        if (bytes.Length <= 16)
        {
            return OfEnds(before, bytes);
        }

        return bytes.Length <= 32 ? OfEnds(OfEnds(before, bytes[..16]), bytes[16..]) : OfLong(before, bytes);
    }

    /// <summary>Returns the two halves of the 128-bit product of two words, combined by exclusive or.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Mix(ulong x, ulong y)
    {
        x ^= SeedX;
        y ^= SeedY;

        // BigMul returns the low half through memory, which costs more than multiplying twice.
        ulong high = Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(x, y) : Math.BigMul(x, y, out _);
        return high ^ (x * y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong OfEnds(ulong before, ReadOnlySpan<byte> bytes)
    {
        // The two reads overlap if there are fewer bytes than they cover. Adding the length keeps such texts apart.
        before += (ulong)bytes.Length;
        if (bytes.Length >= 8)
        {
            return Mix(before ^ MemoryMarshal.Read<ulong>(bytes), MemoryMarshal.Read<ulong>(bytes[^8..]));
        }

        if (bytes.Length >= 4)
        {
            return Mix(before ^ MemoryMarshal.Read<uint>(bytes), MemoryMarshal.Read<uint>(bytes[^4..]));
        }

        return Mix(before, bytes.Length == 0 ? 0u : MemoryMarshal.Read<ushort>(bytes));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong OfLong(ulong before, ReadOnlySpan<byte> bytes)
    {
        ulong hash = before + (ulong)bytes.Length;
        ReadOnlySpan<byte> rest = bytes;
        while (rest.Length > 16)
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(rest), MemoryMarshal.Read<ulong>(rest[8..]));
            rest = rest[16..];
        }

        // The last sixteen bytes; they may overlap bytes that were already hashed.
        return Mix(hash ^ MemoryMarshal.Read<ulong>(bytes[^16..]), MemoryMarshal.Read<ulong>(bytes[^8..]));
    }
}
