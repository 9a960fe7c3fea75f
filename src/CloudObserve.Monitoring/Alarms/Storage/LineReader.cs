namespace CloudObserve.Monitoring.Alarms.Storage;

/// <summary>Reads the lines of a stream as bytes.</summary>
internal sealed class LineReader(Stream stream)
{
    private const int FirstSize = 64 * 1024;

    private byte[] _buffer = new byte[FirstSize];
    private int _start;
    private int _end;

    /// <summary>Gets the position after the last line that was read.</summary>
    internal long Position { get; private set; }

    /// <summary>Gets the number of lines that were read.</summary>
    internal int Number { get; private set; }

    /// <summary>Reads a line without its end.</summary>
    /// <param name="line">The line. It is valid until the next call.</param>
    /// <param name="isWhole">Whether the line has an end, and not just the stream.</param>
    internal bool TryRead(out ReadOnlyMemory<byte> line, out bool isWhole)
    {
        int searched = 0;
        while (true)
        {
            int found = _buffer.AsSpan((_start + searched)..(_end)).IndexOf((byte)'\n');
            if (found >= 0)
            {
                line = _buffer.AsMemory(_start, searched + found);
                (_start, isWhole) = (_start + searched + found + 1, true);
                break;
            }

            searched = _end - _start;
            if (!Fill())
            {
                line = _buffer.AsMemory(_start, searched);
                (_start, isWhole) = (_end, false);
                break;
            }
        }

        bool isLine = isWhole || line.Length > 0;
        Position += isLine ? line.Length + (isWhole ? 1 : 0) : 0;
        Number += isLine ? 1 : 0;
        return isLine;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
