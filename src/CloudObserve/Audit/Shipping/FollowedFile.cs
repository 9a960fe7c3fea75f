using System.IO.Compression;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Shipping;

/// <summary>Represents a file of records that is read in order: a sealed file, or a file of the journal, which may be growing.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class FollowedFile : IDisposable
{
    private readonly FileStream _file;
    private readonly bool _grows;

    // The offsets at which the reader began, at which it ends, and at which the last record taken from it ends.
    private long _begin;
    private long _end;
    private long _taken;
    private RecordReader _reader;

    private FollowedFile(FileStream file, bool grows)
    {
        _file = file;
        _grows = grows;
        _end = EndNow();
        _reader = NewReader();
    }

    /// <summary>Gets the number of the first record in the file; zero if it has none.</summary>
    internal long First { get; private set; }

    internal ReadOnlySpan<byte> Record => _reader.Record;

    public void Dispose()
    {
        _reader.Dispose();
        _file.Dispose();
    }

    /// <summary>Opens a file if it exists and contains a record with a number.</summary>
    internal static async ValueTask<FollowedFile?> TryOpenAsync(string path, bool grows, CancellationToken cancellationToken)
    {
        if (!TrailDirectory.TryOpen(path, out FileStream? stream))
        {
            return null;
        }

        FollowedFile file = new(stream, grows);
        try
        {
            file.First = await file.NextAsync(cancellationToken).ConfigureAwait(false) ?? 0;
            file.Begin(0);
            return file.First > 0 ? file : null;
        }
        finally
        {
            // Also when the file could not be read at all.
            if (file.First == 0)
            {
                file.Dispose();
            }
        }
    }

    /// <summary>Advances to the next record whose number is in a range.</summary>
    /// <returns>The number of the record; <see langword="null"/> if the file has none at present.</returns>
    internal async ValueTask<long?> ReadAsync(long after, long newest, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await NextAsync(cancellationToken).ConfigureAwait(false) is not { } sequence)
            {
                if (!TryGoOn())
                {
                    return null;
                }
            }
            else if (sequence > newest)
            {
                // The record is not acknowledged yet. It is read again when it is.
                Begin(_taken);
                return null;
            }
            else if (sequence > after)
            {
                _taken = _begin + _reader.Offset + _reader.Record.Length + 1;
                return sequence;
            }
        }
    }

    private async ValueTask<long?> NextAsync(CancellationToken cancellationToken)
    {
        while (await _reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_reader.Fault == RecordFault.None && TrailStamp.TryRead(_reader.Record, out TrailStamp stamp))
            {
                return stamp.Sequence;
            }
        }

        return null;
    }

    // A sealed file does not change. A file of the journal may have grown since the last read, or may have been cut after a failed write.
    private bool TryGoOn()
    {
        long end = EndNow();
        if (end == _end)
        {
            return false;
        }

        _end = end;
        Begin(_taken);
        return true;
    }

    private void Begin(long at)
    {
        _reader.Dispose();
        _begin = at;
        _taken = at;
        _reader = NewReader();
    }

    // Determined only when more records are needed, because finding the end of the lines reads the preallocated space.
    private long EndNow() => _grows ? TrailDirectory.EndOfLines(_file) : _file.Length;

    private RecordReader NewReader()
    {
        _file.Position = _begin;
        LengthLimitedStream content = new(_file, _end - _begin);
        return _grows ? new JournalReader(content) : new LogFileReader(new GZipStream(content, CompressionMode.Decompress));
    }
}
