using System.Buffers;

namespace CloudObserve.Audit.Reading;

/// <summary>Reads the records of one file as exact bytes, and hashes the file at the same time.</summary>
/// <remarks>
/// The memory does not depend on the size of the file: a window over the content grows to the longest record, up to
/// <see cref="MaxRecordBytes"/>.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal abstract class RecordReader : IDisposable
{
    /// <summary>The largest record in bytes: twice the 1 MB limit of an event in a CloudTrail event data store.</summary>
    internal const int MaxRecordBytes = 2 * 1024 * 1024;

    /// <summary>The largest nesting depth of a record.</summary>
    /// <remarks>It is more than any application needs, and reading uses no stack for it.</remarks>
    internal const int MaxDepth = 1000;

    private const int WindowBytes = 64 * 1024;

    private readonly Stream _content;
    private readonly ContentHash? _hash;
    private readonly long _maxBytes;
    private byte[] _window = ArrayPool<byte>.Shared.Rent(WindowBytes);
    private int _start;
    private int _end;
    private long _windowOffset;
    private int _recordStart;
    private int _recordLength;

    /// <summary>Initializes a new instance of the <see cref="RecordReader"/> class.</summary>
    /// <param name="content">The uncompressed content, which the reader owns from now on.</param>
    /// <param name="hash">Receives the whole content if <see cref="DrainAsync"/> is called at the end.</param>
    /// <param name="maxBytes">The largest number of bytes to read.</param>
    private protected RecordReader(Stream content, ContentHash? hash, long maxBytes = long.MaxValue)
    {
        _maxBytes = maxBytes;
        _content = content;
        _hash = hash;
    }

    private protected enum Step
    {
        Record,
        MoreNeeded,
        Ended,
    }

    /// <summary>Gets the bytes of the record.</summary>
    /// <remarks>They are valid until the next one is read.</remarks>
    internal ReadOnlySpan<byte> Record => _window.AsSpan(_recordStart, _recordLength);

    /// <summary>Gets the reason why there is no record at this position; <see cref="RecordFault.None"/> if there is one.</summary>
    internal RecordFault Fault { get; private set; }

    /// <summary>Gets the offset of the record, or of the faulty data, in the uncompressed content.</summary>
    internal long Offset { get; private set; }

    /// <summary>Gets the position of the record in its file, counted from 1.</summary>
    internal long Number { get; private set; }

    /// <summary>Gets the number of bytes read.</summary>
    internal long Length => _windowOffset + _end;

    private protected ReadOnlySpan<byte> Unread => _window.AsSpan(_start, _end - _start);

    private protected bool IsAtEnd { get; private set; }

    public void Dispose()
    {
        byte[] window = Interlocked.Exchange(ref _window, []);
        if (window.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(window);
        }

        _content.Dispose();
    }

    /// <summary>Advances to the next record, or to the next position at which a record is expected.</summary>
    /// <returns><see langword="true"/> if there is one; <see cref="Fault"/> then specifies whether it can be read.</returns>
    internal async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (Next())
            {
                case Step.Record:
                    return true;
                case Step.Ended:
                    return false;
                default:
                    if (!await TryFillAsync(cancellationToken).ConfigureAwait(false))
                    {
                        return true;
                    }

                    break;
            }
        }
    }

    /// <summary>Reads to the end of the file, so that the hash covers all of it.</summary>
    /// <returns><see langword="true"/> if the whole file could be decompressed.</returns>
    internal async ValueTask<bool> DrainAsync(CancellationToken cancellationToken)
    {
        while (!IsAtEnd)
        {
            _start = _end;
            if (!await TryFillAsync(cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        return Fault is not (RecordFault.NotCompressed or RecordFault.TooLarge);
    }

    /// <summary>Finds the next record in the unread part of the window.</summary>
    private protected abstract Step Next();

    private protected Step Found(int start, int length)
    {
        Fault = RecordFault.None;
        Number++;
        _recordStart = _start + start;
        _recordLength = length;
        Offset = _windowOffset + _recordStart;
        return Step.Record;
    }

    private protected Step Failed(RecordFault fault, int start = 0)
    {
        Fault = fault;
        Number++;
        _recordLength = 0;
        Offset = _windowOffset + _start + start;
        return Step.Record;
    }

    private protected void Consume(int bytes) => _start += bytes;

    /// <summary>Reads more content into the window.</summary>
    /// <returns><see langword="true"/> if it could be read, also at the end of the file.</returns>
    private async ValueTask<bool> TryFillAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        MakeRoom();
        try
        {
            int count = await _content.ReadAsync(_window.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            _hash?.Append(_window.AsSpan(_end, count));
            _end += count;
            IsAtEnd = count == 0;
            return Length <= _maxBytes || Stop(RecordFault.TooLarge);
        }
        catch (InvalidDataException)
        {
            return Stop(RecordFault.NotCompressed);
        }
    }

    private bool Stop(RecordFault fault)
    {
        IsAtEnd = true;
        _ = Failed(fault, Unread.Length);
        _start = _end;
        return false;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            Unread.CopyTo(_window);
            _windowOffset += _start;
            _end -= _start;
            _start = 0;
        }

        if (_end == _window.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(_window.Length * 2);
            Unread.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_window);
            _window = larger;
        }
    }
}
