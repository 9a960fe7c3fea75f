using System.Security.Cryptography;

namespace CloudObserve.Audit.Reading;

/// <summary>Computes the SHA-256 and the gzip checksum of a file's uncompressed content while it is read.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class ContentHash : IDisposable
{
    private static readonly uint[] Remainders = MakeRemainders();

    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private uint _crc = uint.MaxValue;

    internal long Length { get; private set; }

    /// <summary>Gets the CRC-32 of RFC 1952.</summary>
    /// <remarks>The CRC instructions of processors use a different polynomial.</remarks>
    internal uint Crc32 => ~_crc;

    public void Dispose() => _sha256.Dispose();

    internal void Append(ReadOnlySpan<byte> content)
    {
        _sha256.AppendData(content);
        Length += content.Length;
        uint crc = _crc;
        foreach (byte b in content)
        {
            crc = (crc >> 8) ^ Remainders[(byte)(crc ^ b)];
        }

        _crc = crc;
    }

    /// <summary>Returns the SHA-256 in lower-case hexadecimal digits.</summary>
    internal string Sha256() => Convert.ToHexStringLower(_sha256.GetCurrentHash());

    private static uint[] MakeRemainders()
    {
        uint[] remainders = new uint[256];
        for (uint i = 0; i < remainders.Length; i++)
        {
            uint remainder = i;
            for (int bit = 0; bit < 8; bit++)
            {
                remainder = (remainder >> 1) ^ ((remainder & 1) * 0xEDB88320);
            }

            remainders[i] = remainder;
        }

        return remainders;
    }
}
