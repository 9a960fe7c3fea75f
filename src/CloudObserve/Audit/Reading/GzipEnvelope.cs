using System.Buffers;
using System.Buffers.Binary;

namespace CloudObserve.Audit.Reading;

/// <summary>Checks the gzip header and trailer of a file.</summary>
/// <remarks>
/// Decompression does not check them completely: a file without its last bytes, or with additional bytes after them, yields the same
/// content.
/// </remarks>
internal static class GzipEnvelope
{
    private const int HeaderLength = 10;
    private const int TrailerLength = 8;
    private const int BlockLength = 64 * 1024;

    // RFC 1952: magic number, deflate, no flags, no time. The bytes after them specify the compression level and the operating system.
    private static ReadOnlySpan<byte> Header => [0x1f, 0x8b, 8, 0, 0, 0, 0, 0];

    /// <summary>Returns whether a file is exactly one gzip member, with nothing before, after or missing.</summary>
    /// <param name="file">The compressed file.</param>
    /// <param name="content">The hash of the decompressed content.</param>
    /// <param name="isOwn">
    /// Whether the library wrote the file, so that its header must be that of .NET. CloudTrail's files have another header, and copying
    /// tools may compress again, because signatures do not cover the header.
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
        bool isHeader = isOwn ? header.StartsWith(Header) && header[8] is 0 or 2 or 4
            && header[9] is 3 or 10 or 19 : header.StartsWith(Header[..3]);
        return isHeader && EndsFirstWith(file, trailer);
    }

    // The trailer must occur at the end of the file and nowhere before, because appended data might end with the same bytes. The eight
    // bytes occur twice by chance in one of 10^12 files.
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
