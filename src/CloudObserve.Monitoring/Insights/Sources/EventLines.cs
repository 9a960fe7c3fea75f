namespace CloudObserve.Monitoring.Insights.Sources;

/// <summary>Reads the lines of a stream with memory for one line of limited length.</summary>
internal sealed class EventLines
{
    /// <summary>The longest event that CloudWatch Logs accepts, in bytes.</summary>
    internal const int MaxLineBytes = 1_048_550;

    private const int BlockBytes = 256 * 1024;

    private readonly Stream _stream;
    private byte[] _buffer;
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <param name="stream">The stream.</param>
    /// <param name="head">The bytes before those of the stream.</param>
    /// <param name="offset">The offset of the first byte in the file.</param>
    internal EventLines(Stream stream, byte[] head, long offset)
    {
        _stream = stream;
        _buffer = new byte[BlockBytes + head.Length];
        head.CopyTo(_buffer, 0);
        _end = head.Length;
        Next = offset;
    }

    internal byte[] Buffer => _buffer;

    /// <summary>Gets the start of the line in the buffer. It is valid until the next line is read.</summary>
    internal int LineStart { get; private set; }

    /// <summary>Gets the length of the line without its end.</summary>
    internal int LineLength { get; private set; }

    /// <summary>Gets whether the line is longer than an event may be. It has no content then.</summary>
    internal bool IsTooLong { get; private set; }

    /// <summary>Gets the offset of the line in the file.</summary>
    internal long Offset { get; private set; }

    /// <summary>Gets the offset of the next line.</summary>
    internal long Next { get; private set; }

    /// <summary>Moves to the next line.</summary>
    internal bool Read()
    {
        IsTooLong = false;
        int searched = 0;
        long dropped = 0;
        while (true)
        {
            int feed = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                Take(searched + feed, dropped, hasFeed: true);
                return true;
            }

            searched = _end - _start;
            if (searched > MaxLineBytes + 1)
            {
                IsTooLong = true;
                dropped += searched;
                _start = _end;
                searched = 0;
            }

            if (_isAtEnd || !Fill())
            {
                bool hasRest = searched > 0 || dropped > 0;
                if (hasRest)
                {
                    Take(searched, dropped, hasFeed: false);
                }

                return hasRest;
            }
        }
    }

    private void Take(int length, long dropped, bool hasFeed)
    {
        LineStart = _start;
        int end = length > 0 && _buffer[_start + length - 1] == '\r' ? length - 1 : length;
        IsTooLong |= end > MaxLineBytes;
        LineLength = IsTooLong ? 0 : end;
        _start += length + (hasFeed ? 1 : 0);
        Offset = Next;
        Next += dropped + length + (hasFeed ? 1 : 0);
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = _stream.Read(_buffer.AsSpan(_end));
        _end += read;
        _isAtEnd = read == 0;
        return read > 0;
    }
}
