using System.Buffers;

namespace CloudObserve.Audit.Files;

/// <summary>
/// Represents the preallocated space after the journal's lines: blanks that are overwritten while the journal is written.
/// </summary>
/// <remarks>
/// Writing into this space changes only the content of the file and not its length, and takes about half the time until the data is on
/// disk. A closed trail has no such space; a trail that is being written, or was when its process ended, may have some.
/// </remarks>
internal static class JournalRoom
{
    /// <summary>
    /// The number of bytes allocated at once: room for many groups of records, and small enough for a nearly full disk or a small trail.
    /// </summary>
    internal const int Bytes = 512 * 1024;

    private const byte Blank = (byte)' ';
    private const int BlockBytes = 64 * 1024;

    private static readonly byte[] Filler = [.. Enumerable.Repeat(Blank, BlockBytes)];

    /// <summary>Reads up to a span of bytes.</summary>
    /// <returns>The number of bytes read; zero at the end.</returns>
    internal delegate int ReadAt(Span<byte> bytes, long offset);

    /// <summary>Gets a piece of blank space.</summary>
    /// <remarks>It is written as often as it fits into <see cref="Bytes"/>.</remarks>
    internal static ReadOnlySpan<byte> Blanks => Filler;

    /// <summary>Finds the end of a file's lines: after the last byte that is not a blank.</summary>
    /// <remarks>A complete line ends with a line feed, and a torn line with its last written byte.</remarks>
    /// <param name="length">The length of the file in bytes.</param>
    /// <param name="read">Reads the file.</param>
    internal static long EndOfLines(long length, ReadAt read)
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        long end = length;
        int last = -1;
        while (end > 0 && last < 0)
        {
            long start = Math.Max(0, end - BlockBytes);
            last = Fill(block.AsSpan(0, (int)(end - start)), start, read).LastIndexOfAnyExcept(Blank);
            end = start;
        }

        ArrayPool<byte>.Shared.Return(block);
        return end + last + 1;
    }

    // Fewer bytes than requested mean that the file has become shorter: its blank space was removed meanwhile.
    private static Span<byte> Fill(Span<byte> bytes, long offset, ReadAt read)
    {
        int filled = 0;
        for (int count = -1; count != 0 && filled < bytes.Length; filled += count)
        {
            count = read(bytes[filled..], offset + filled);
        }

        return bytes[..filled];
    }
}
