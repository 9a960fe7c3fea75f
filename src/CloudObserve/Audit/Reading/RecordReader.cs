using System.Buffers;

namespace CloudObserve.Audit.Reading;

/// <summary>
/// Hands out the records of one file as they stand in it, byte for byte, and hashes the file on the way. Its memory does not depend on the file:
/// a window on the content grows to the longest record, and no further than <see cref="MaxRecordBytes"/>.
/// </summary>
/// <threadsafety>For one caller at a time.</threadsafety>
internal abstract class RecordReader : IDisposable
{
    /// <summary>CloudTrail: an event of an event data store has at most 1 MB. Twice that is certainly no record.</summary>
    internal const int MaxRecordBytes = 2 * 1024 * 1024;

    /// <summary>How deep a record may be nested: more than any application does, and no stack is used for it.</summary>
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
    /// <param name="content">The uncompressed content; owned by the reader from now on.</param>
    /// <param name="hash">Takes all of the content if <see cref="DrainAsync"/> is called at the end.</param>
    /// <param name="maxBytes">How much content is read at most.</param>
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

    /// <summary>Gets the record's bytes. Valid until the next is read.</summary>
    internal ReadOnlySpan<byte> Record => _window.AsSpan(_recordStart, _recordLength);

    /// <summary>Gets why there is no record here; <see cref="RecordFault.None"/> if there is one.</summary>
    internal RecordFault Fault { get; private set; }

    /// <summary>Gets where the record, or what stands in its place, begins in the uncompressed content.</summary>
    internal long Offset { get; private set; }

    /// <summary>Gets the number of the record in its file, from 1.</summary>
    internal long Number { get; private set; }

    /// <summary>Gets how many bytes of content have been read.</summary>
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

    /// <summary>Goes on to the next record, or to the next place where one should be.</summary>
    /// <returns>Whether there is one; if so, <see cref="Fault"/> says whether it can be read.</returns>
    internal async ValueTask<bool> ReadAsync(CancellationToken cancellation)
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
                    if (!await TryFillAsync(cancellation).ConfigureAwait(false))
                    {
                        return true;
                    }

                    break;
            }
        }
    }

    /// <summary>Reads on to the end of the file, so that its hash is one of all its bytes.</summary>
    /// <returns>Whether the whole file could be decompressed.</returns>
    internal async ValueTask<bool> DrainAsync(CancellationToken cancellation)
    {
        while (!IsAtEnd)
        {
            _start = _end;
            if (!await TryFillAsync(cancellation).ConfigureAwait(false))
            {
                return false;
            }
        }

        return Fault is not (RecordFault.NotCompressed or RecordFault.TooLarge);
    }

    /// <summary>Looks for the next record in what is unread.</summary>
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

    /// <summary>Brings more content behind what is unread.</summary>
    /// <returns>Whether it could be read; its end counts as such.</returns>
    private async ValueTask<bool> TryFillAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        MakeRoom();
        try
        {
            int count = await _content.ReadAsync(_window.AsMemory(_end), cancellation).ConfigureAwait(false);
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
