using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace CloudObserve.LogEvents.Redaction;

/// <summary>Writes the marker that replaces a secret.</summary>
/// <remarks>It is ASCII and needs no JSON escapes.</remarks>
/// <threadsafety>Safe for concurrent use; it has no mutable state.</threadsafety>
internal sealed class Marker(string? hashKey)
{
    private const int HashBytes = 8;

    private readonly byte[]? _key = hashKey is null ? null : Encoding.UTF8.GetBytes(hashKey);

    /// <summary>Writes the marker for a secret.</summary>
    /// <param name="kind">The kind of the secret.</param>
    /// <param name="secret">The secret as it stands in the text.</param>
    /// <param name="output">Receives the marker.</param>
    internal void Write(string kind, ReadOnlySpan<byte> secret, IBufferWriter<byte> output)
    {
        output.Write("[redacted:"u8);
        _ = Encoding.ASCII.GetBytes(kind, output);
        if (_key is not null)
        {
            output.Write(":"u8);
            WriteHash(_key, secret, output);
        }

        output.Write("]"u8);
    }

    private static void WriteHash(byte[] key, ReadOnlySpan<byte> secret, IBufferWriter<byte> output)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _ = HMACSHA256.HashData(key, secret, hash);
        _ = Convert.TryToHexStringLower(hash[..HashBytes], output.GetSpan(HashBytes * 2), out int written);
        output.Advance(written);
    }
}
