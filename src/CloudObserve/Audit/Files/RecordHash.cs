using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CloudObserve.Audit.Files;

/// <summary>The SHA-256 of a record's line, without its line feed: what chains a record to the one before.</summary>
/// <param name="High">The first half.</param>
/// <param name="Low">The second half.</param>
internal readonly record struct RecordHash(UInt128 High, UInt128 Low)
{
    /// <summary>How many hexadecimal digits a hash has.</summary>
    internal const int TextLength = SHA256.HashSizeInBytes * 2;

    private const int HalfLength = SHA256.HashSizeInBytes / 2;

    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>Gets what stands before the first record of a trail: all zeros.</summary>
    internal static RecordHash None => default;

    /// <summary>Hashes a line.</summary>
    /// <param name="line">The line, without its line feed.</param>
    internal static RecordHash Of(ReadOnlySpan<byte> line)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(line, hash);
        return From(hash);
    }

    /// <summary>Reads a hash from 64 lower-case hexadecimal digits.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, out RecordHash hash)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        hash = default;
        if (text.Length != TextLength || text.ContainsAnyExcept(Digits))
        {
            return false;
        }

        _ = Convert.FromHexString(text, bytes, out _, out _);
        hash = From(bytes);
        return true;
    }

    /// <summary>Writes the hash as 64 lower-case hexadecimal digits.</summary>
    internal void Write(Span<byte> text)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[HalfLength..], Low);
        _ = Convert.TryToHexStringLower(bytes, text, out _);
    }

    public override string ToString() => $"{High:x32}{Low:x32}";

    private static RecordHash From(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[HalfLength..]));
}
