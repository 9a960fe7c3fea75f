using System.Buffers;
using System.Buffers.Binary;

namespace CloudObserve.Audit.Reading;

/// <summary>
/// Looks at what lies around the compressed content of a file. Decompressing overlooks it: a file that is cut within its last bytes, or has more
/// behind them, gives the same content.
/// </summary>
internal static class GzipEnvelope
{
    private const int HeaderLength = 10;
    private const int TrailerLength = 8;
    private const int BlockLength = 64 * 1024;

    // RFC 1952: magic, deflate, no flags, no time. What follows says how hard and on what system it was compressed.
    private static ReadOnlySpan<byte> Header => [0x1f, 0x8b, 8, 0, 0, 0, 0, 0];

    /// <summary>Says whether a file is one compressed member, with nothing before, behind or missing.</summary>
    /// <param name="file">The file, compressed.</param>
    /// <param name="content">What is known of what it gave when it was decompressed.</param>
    /// <param name="isOwn">
    /// Whether the library wrote it, so that its header must be .NET's. CloudTrail's files have another writer's, and copying tools may compress anew:
    /// nobody signs it.
    /// </param>
    internal static bool IsPlain(FileStream file, ContentHash content, bool isOwn)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        Span<byte> trailer = stackalloc byte[TrailerLength];
        if (file.Length < HeaderLength + TrailerLength)
        {
            return false;
        }

        file.Position = 0;
        file.ReadExactly(header);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, content.Crc32);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], (uint)content.Length);
        bool isHeader = isOwn ? header.StartsWith(Header) && header[8] is 0 or 2 or 4 && header[9] is 3 or 10 or 19 : header.StartsWith(Header[..3]);
        return isHeader && EndsFirstWith(file, trailer);
    }

    // The trailer must be the file's end, and stand nowhere before: what somebody put behind it may end as it does. By chance its eight bytes
    // stand twice in one of 10^12 files.
    private static bool EndsFirstWith(FileStream file, ReadOnlySpan<byte> trailer)
    {
        file.Position = 0;
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockLength);
        int kept = 0;
        try
        {
            for (int count; (count = file.Read(block, kept, BlockLength - kept)) > 0;)
            {
                ReadOnlySpan<byte> bytes = block.AsSpan(0, kept + count);
                int at = bytes.IndexOf(trailer);
                if (at >= 0)
                {
                    return at + TrailerLength == bytes.Length && file.Position == file.Length;
                }

                kept = Math.Min(TrailerLength - 1, bytes.Length);
                bytes[^kept..].CopyTo(block);
            }

            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}
