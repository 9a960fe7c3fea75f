using System.Buffers;

namespace CloudObserve.Audit.Files;

/// <summary>
/// The room that is made behind the journal's lines while it is written: blanks, which are to be overwritten. Lines put into it change nothing of the
/// file but its content, and so are on the disk in about half the time of lines that make it longer.
/// </summary>
/// <remarks>A trail that was closed has none; one that is being written, or was when its process ended, may have.</remarks>
internal static class JournalRoom
{
    /// <summary>How much is made at once: many groups fit, and a full disk or a small trail does not suffer from it.</summary>
    internal const int Bytes = 512 * 1024;

    private const byte Blank = (byte)' ';
    private const int BlockBytes = 64 * 1024;

    private static readonly byte[] Filler = [.. Enumerable.Repeat(Blank, BlockBytes)];

    /// <summary>Reads up to a span of bytes.</summary>
    /// <returns>How many; zero at the end.</returns>
    internal delegate int ReadAt(Span<byte> bytes, long offset);

    /// <summary>Gets a piece of room, to be written as often as it goes into <see cref="Bytes"/>.</summary>
    internal static ReadOnlySpan<byte> Blanks => Filler;

    /// <summary>Finds out where a file's lines end: behind the last byte that is no blank. A line ends with a line feed, a torn one with what is left of it.</summary>
    /// <param name="length">How many bytes the file has.</param>
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

    // Less than asked for comes from a file that has become shorter: its room was cut meanwhile.
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
