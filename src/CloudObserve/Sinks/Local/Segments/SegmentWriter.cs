using CloudObserve.Pipeline.Storage;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Sinks.Local.Segments;

/// <summary>Appends records to the newest segment of a directory, and begins a new one when it is full.</summary>
/// <remarks>A record is written with one call, without a buffer in this process: after the call, it survives a crash of the
/// process.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class SegmentWriter : IDisposable
{
    private const long MostBytes = 16 * 1024 * 1024;
    private const int SegmentsOfDirectory = 16;

    private readonly SegmentDirectory _directory;
    private readonly long _segmentBytes;
    private SafeFileHandle? _file;
    private long _number;
    private long _length;

    /// <param name="directory">The directory.</param>
    /// <param name="maxBytes">The maximum length of all its files together. The oldest segment, which makes room, is a sixteenth of
    /// it.</param>
    internal SegmentWriter(SegmentDirectory directory, long maxBytes) =>
        (_directory, _segmentBytes) = (directory, Math.Min(MostBytes, maxBytes / SegmentsOfDirectory));

    /// <summary>Continues with the newest segment of an earlier process.</summary>
    /// <param name="number">The segment. It ends with a whole record.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    internal void Continue(long number)
    {
        if (_directory.LengthOf(number) < _segmentBytes)
        {
            _file = PrivateFiles.OpenReadWrite(_directory.PathOf(number));
            (_number, _length) = (number, _directory.LengthOf(number));
        }
    }

    /// <summary>Appends a record.</summary>
    /// <exception cref="IOException">It could not be written. The next record goes to a new segment.</exception>
    internal void Append(ReadOnlySpan<byte> record)
    {
        if (_file is not null && _length + record.Length > _segmentBytes)
        {
            Leave();
        }

        try
        {
            if (_file is null)
            {
                Begin(record.Length);
            }
            else
            {
                _directory.MakeRoom(record.Length, _number);
            }

            RandomAccess.Write(_file!, record, _length);
            _length += record.Length;
            _directory.SetLength(_number, _length);
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    public void Dispose() => Leave();

    private void Begin(int recordLength)
    {
        _directory.MakeRoom(SegmentFormat.Signature.Length + recordLength, current: 0);
        _number = _directory.Add();
        _length = 0;
        _file = PrivateFiles.CreateNew(_directory.PathOf(_number));
        RandomAccess.Write(_file, SegmentFormat.Signature, 0);
        _length = SegmentFormat.Signature.Length;
        _directory.SetLength(_number, _length);
    }

    // A part of the record may have been written. The next start cuts it off; here nothing may follow it.
    private void Abandon()
    {
        bool isEmpty = _length <= SegmentFormat.Signature.Length;
        Leave();
        if (isEmpty && _number != 0)
        {
            // On a full disk, each attempt would leave a file otherwise.
            _directory.Delete(_number);
        }
    }

    private void Leave()
    {
        _file?.Dispose();
        _file = null;
    }
}
