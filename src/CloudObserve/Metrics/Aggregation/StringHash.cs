using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>A seeded hash of short strings: one multiplication for up to eight characters. <c>string.GetHashCode</c> costs several times as much.</summary>
/// <remarks>
/// The seeds are drawn once per process, so collisions cannot be prepared from outside. It need not be cryptographic: the tables it serves
/// are bounded by the cardinality budget, which bounds the harm of collisions too.
/// </remarks>
internal static class StringHash
{
    // Both factors of each product are seeded, so no input can be chosen that makes one of them zero and swallows the other.
    private static readonly ulong SeedX = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));
    private static readonly ulong SeedY = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));

    /// <summary>Hashes a text that may come from outside, together with a word that goes before it.</summary>
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

    /// <summary>Hashes a name that the application's own code chose, together with a word that goes before it. Of a long one only both ends count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong OfName(ulong before, string? name) => OfEnds(before, MemoryMarshal.AsBytes(name.AsSpan()));

    /// <summary>
    /// Tells names apart that the application's own code chose: by length and last character. Names of dimensions come from code, their
    /// values from outside; two names that look the same here only matter where two series differ in nothing but which of them has which value.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Glance(string? name) =>
        string.IsNullOrEmpty(name) ? 0 : ((ulong)name.Length << 32) | name[^1];

    /// <summary>Folds the 128-bit product of two words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Mix(ulong x, ulong y)
    {
        x ^= SeedX;
        y ^= SeedY;

        // BigMul hands the low half over through memory, which costs more than multiplying twice.
        ulong high = Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(x, y) : Math.BigMul(x, y, out _);
        return high ^ (x * y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong OfEnds(ulong before, ReadOnlySpan<byte> bytes)
    {
        // The two reads overlap where they cover more than there is; the length, added, keeps such texts apart.
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

        // The last sixteen bytes as a whole: they may overlap with what is hashed already.
        return Mix(hash ^ MemoryMarshal.Read<ulong>(bytes[^16..]), MemoryMarshal.Read<ulong>(bytes[^8..]));
    }
}
