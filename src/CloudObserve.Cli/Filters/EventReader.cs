using CloudObserve.Contracts;

namespace CloudObserve.Cli.Filters;

/// <summary>Reads blocks of whole lines with bounded memory.</summary>
/// <remarks>A line that is longer than any event is dropped while it is read.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class EventReader
{
    // Large enough that the cost of a system call is negligible, and small enough that the data is still in the cache when it is matched.
    private const int BlockBytes = 256 * 1024;

    // The longest event, a carriage return, and one byte that shows that a line is longer.
    private const int MaxBeginning = ServiceLimits.PutLogEvents.MaxMessageBytes + 2;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(MaxBeginning + BlockBytes);

    private Stream _stream = Stream.Null;

    // From _start to _blockEnd there are whole lines, from there to _end the beginning of a line.
    private int _start;
    private int _blockEnd;
    private int _end;
    private bool _isAtStart;
    private bool _isAtEnd;
    private bool _isDropping;

    /// <summary>Gets the lines that were read last.</summary>
    /// <remarks>They are valid until the next read.</remarks>
    internal ReadOnlySpan<byte> Block => _buffer.AsSpan(_start, _blockEnd - _start);

    /// <summary>Gets whether a line before the block was dropped because it is longer than any event.</summary>
    internal bool DroppedLine { get; private set; }

    /// <summary>Starts reading another stream.</summary>
    internal void Open(Stream stream)
    {
        _stream = stream;
        _start = _blockEnd = _end = 0;
        _isAtStart = true;
        _isAtEnd = _isDropping = false;
    }

    /// <summary>Reads the next block.</summary>
    /// <returns><see langword="true"/> if there is a block. It may be empty if a line was dropped.</returns>
    internal async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        DroppedLine = false;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_isAtEnd)
            {
                return false;
            }

            MoveBeginningToFront();
            int count = await ReadBytesAsync(_buffer.AsMemory(_end, BlockBytes), cancellationToken).ConfigureAwait(false);
            _isAtEnd = count == 0;
            FindLines(_end, _end + count);
        }
        while (_start == _blockEnd && !DroppedLine);

        return true;
    }

    // A regular file always answers. A pipe or a terminal may not, and Ctrl+C cannot end the read itself, so it must end the wait for it.
    private ValueTask<int> ReadBytesAsync(Memory<byte> bytes, CancellationToken cancellationToken) => _stream.CanSeek
        ? new ValueTask<int>(_stream.Read(bytes.Span))
        : new ValueTask<int>(_stream.ReadAsync(bytes, cancellationToken).AsTask().WaitAsync(cancellationToken));

    private void MoveBeginningToFront()
    {
        _buffer.AsSpan(_blockEnd, _end - _blockEnd).CopyTo(_buffer);
        _end -= _blockEnd;
        _start = _blockEnd = 0;
    }

    // Only new data is searched for line feeds, so that a long line that arrives in many pieces is searched once.
    private void FindLines(int newStart, int newEnd)
    {
        ReadOnlySpan<byte> added = _buffer.AsSpan(newStart, newEnd - newStart);
        _end = newEnd;
        if (_isDropping)
        {
            int feed = added.IndexOf((byte)'\n');
            DroppedLine = feed >= 0 || _isAtEnd;
            _isDropping = !DroppedLine;
            _start = feed < 0 ? _end : newStart + feed + 1;
        }

        int lastFeed = added.LastIndexOf((byte)'\n');
        _blockEnd = _isDropping || _isAtEnd ? _end : lastFeed < 0 ? _start : newStart + lastFeed + 1;
        if (_end - _blockEnd >= MaxBeginning)
        {
            _isDropping = true;
            _blockEnd = _start = _end;
        }

        SkipByteOrderMark();
    }

    private void SkipByteOrderMark()
    {
        if (_isAtStart && (_start < _blockEnd || _isDropping))
        {
            _isAtStart = false;
            _start += Block.StartsWith("\uFEFF"u8) ? 3 : 0;
        }
    }
}
