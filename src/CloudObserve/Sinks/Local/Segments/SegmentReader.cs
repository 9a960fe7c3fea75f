using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Sinks.Local.Segments;

/// <summary>Reads the records of a segment one after the other, up to the first that is not whole.</summary>
/// <remarks>It takes the memory of a few records, however long the file is.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class SegmentReader : IDisposable
{
    private const int UsualBufferBytes = 1024 * 1024;
    private const string NoSignature = "It does not begin with the signature of a segment.";

    private readonly SafeFileHandle _file;
    private readonly long _length;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(UsualBufferBytes);

    // The bytes of the buffer that are read and not used yet, and the place in the file after them.
    private int _start;
    private int _end;
    private long _read;

    /// <param name="file">The file. The caller closes it.</param>
    /// <param name="length">Its length, in bytes.</param>
    internal SegmentReader(SafeFileHandle file, long length)
    {
        _file = file;
        _length = length;
        if (length > SegmentFormat.MaxSegmentBytes)
        {
            Stop(SegmentEnd.Damaged, $"It has {length} bytes; a segment has at most {SegmentFormat.MaxSegmentBytes}.");
        }
        else
        {
            ReadSignature();
        }
    }

    /// <summary>Gets the number of whole records that were read.</summary>
    internal int Records { get; private set; }

    /// <summary>Gets the end of the last whole record, in bytes; zero if not even the signature is whole.</summary>
    internal long Position { get; private set; }

    /// <summary>Gets the end of the segment; <see langword="null"/> until it is reached.</summary>
    internal SegmentEnd? End { get; private set; }

    /// <summary>Gets the description of the damage.</summary>
    internal string? Fault { get; private set; }

    /// <summary>Reads the next record.</summary>
    /// <param name="record">The record. Its body is valid until the next call.</param>
    /// <returns><see langword="false"/> at the end.</returns>
    internal bool TryRead(out KeptRecord record)
    {
        record = default;
        if (End is not null || !TryFill(SegmentFormat.HeadBytes))
        {
            return false;
        }

        if (!SegmentFormat.TryReadHead(_buffer.AsSpan(_start, SegmentFormat.HeadBytes), out int contentLength))
        {
            StopAt("What follows its last whole record is not the head of a record.");
            return false;
        }

        int length = SegmentFormat.HeadBytes + contentLength;
        if (!TryFill(length))
        {
            return false;
        }

        if (!SegmentFormat.TryRead(_buffer.AsSpan(_start, length), out record, out string? fault))
        {
            Stop(SegmentEnd.Damaged, fault);
            return false;
        }

        _start += length;
        Position += length;
        Records++;
        return true;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void ReadSignature()
    {
        if (!TryFill(SegmentFormat.Signature.Length))
        {
            if (!SegmentFormat.Signature.StartsWith(_buffer.AsSpan(_start, _end - _start)))
            {
                Stop(SegmentEnd.Damaged, NoSignature);
            }

            return;
        }

        if (_buffer.AsSpan(_start, SegmentFormat.Signature.Length).SequenceEqual(SegmentFormat.Signature))
        {
            _start += SegmentFormat.Signature.Length;
            Position = SegmentFormat.Signature.Length;
        }
        else
        {
            StopAt(NoSignature);
        }
    }

    // A file system that lost its power may have the length of a file, but zeros for its content.
    private void StopAt(string fault)
    {
        bool isZero;
        do
        {
            isZero = _buffer.AsSpan(_start, _end - _start).IndexOfAnyExcept((byte)0) < 0;
            _start = _end;
        }
        while (isZero && Fill() > 0);

        Stop(isZero ? SegmentEnd.Torn : SegmentEnd.Damaged, fault);
    }

    private void Stop(SegmentEnd end, string? fault)
    {
        End = end;
        Fault = end == SegmentEnd.Damaged ? fault : null;
    }

    // Makes that many unused bytes available in the buffer, or stops at the end of the file.
    private bool TryFill(int count)
    {
        while (_end - _start < count)
        {
            if (count > _buffer.Length)
            {
                // Not before the file is known to have that many: a length in a record is not trusted with memory.
                if (_read + count - (_end - _start) > _length)
                {
                    Stop(SegmentEnd.Torn, null);
                    return false;
                }

                Grow(count);
            }

            if (Fill() == 0)
            {
                Stop(_end == _start && count == SegmentFormat.HeadBytes ? SegmentEnd.Whole : SegmentEnd.Torn, null);
                return false;
            }
        }

        return true;
    }

    private int Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        // Bytes that are appended meanwhile are not read.
        int room = (int)Math.Min(_buffer.Length - _end, _length - _read);
        int read = room == 0 ? 0 : RandomAccess.Read(_file, _buffer.AsSpan(_end, room), _read);
        _end += read;
        _read += read;
        return read;
    }

    private void Grow(int count)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(count);
        _buffer.AsSpan(_start, _end - _start).CopyTo(larger);
        (_end, _start) = (_end - _start, 0);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
