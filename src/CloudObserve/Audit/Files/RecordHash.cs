using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CloudObserve.Audit.Files;

/// <summary>Represents the SHA-256 of a record's line without its line feed.</summary>
/// <remarks>It links each record to the one before.</remarks>
/// <param name="High">The first half.</param>
/// <param name="Low">The second half.</param>
internal readonly record struct RecordHash(UInt128 High, UInt128 Low)
{
    /// <summary>The number of hexadecimal digits of a hash.</summary>
    internal const int TextLength = SHA256.HashSizeInBytes * 2;

    private const int HalfLength = SHA256.HashSizeInBytes / 2;

    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>Gets the previous hash of a trail's first record: all zeros.</summary>
    internal static RecordHash None => default;

    /// <summary>Computes the hash of a line.</summary>
    /// <param name="line">The line, without its line feed.</param>
    internal static RecordHash Of(ReadOnlySpan<byte> line)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(line, hash);
        return From(hash);
    }

    /// <summary>Parses a hash from 64 lower-case hexadecimal digits.</summary>
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
