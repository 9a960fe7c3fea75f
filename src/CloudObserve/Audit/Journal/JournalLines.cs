using CloudObserve.Audit.Files;
using CloudObserve.Audit.Storage;

namespace CloudObserve.Audit.Journal;

/// <summary>Reads the lines of a journal's file one by one, with memory for a single line.</summary>
/// <remarks>
/// A line that is longer than any record is returned in pieces that look like torn lines. So files of any size and content are read in
/// bounded memory.
/// </remarks>
internal sealed class JournalLines(IAuditFile file)
{
    private const int FirstBytes = 256 * 1024;

    // In bytes: eight times the limit of a record.
    private const int MaxLineBytes = 2 * 1024 * 1024;

    private byte[] _bytes = new byte[FirstBytes];
    private int _start;
    private int _end;
    private long _read;

    /// <summary>Gets the size of the lines in bytes: that of the file without the preallocated space.</summary>
    internal long Length { get; } = JournalRoom.EndOfLines(file.Length, file.Read);

    /// <summary>Gets the line without its line feed.</summary>
    /// <remarks>It is valid until the next line is read.</remarks>
    internal ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Gets whether the line ends with a line feed.</summary>
    internal bool IsEnded { get; private set; }

    /// <summary>Gets the offset of the line in the file.</summary>
    internal long Offset { get; private set; }

    /// <summary>Gets the offset of the next line.</summary>
    internal long End => Offset + Line.Length + (IsEnded ? 1 : 0);

    internal bool Read()
    {
        int searched = 0;
        while (true)
        {
            int feed = _bytes.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                return Take(searched + feed, isEnded: true);
            }

            searched = _end - _start;
            if (searched >= MaxLineBytes || !Fill())
            {
                return searched > 0 && Take(searched, isEnded: false);
            }
        }
    }

    private bool Take(int count, bool isEnded)
    {
        Offset = _read - (_end - _start);
        Line = _bytes.AsMemory(_start, count);
        IsEnded = isEnded;
        _start += count + (isEnded ? 1 : 0);
        return true;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _bytes.Length)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        int most = (int)Math.Min(_bytes.Length - _end, Length - _read);
        int read = most > 0 ? file.Read(_bytes.AsSpan(_end, most), _read) : 0;
        _read += read;
        _end += read;
        return read > 0;
    }
}
