using System.IO.Compression;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Shipping;

/// <summary>One file of records that is read in order: a sealed one, or one of the journal, which may grow meanwhile.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class FollowedFile : IDisposable
{
    private readonly FileStream _file;
    private readonly bool _grows;

    // Where the reader began, where it ends, and where what was taken from it ends.
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

    /// <summary>Gets the number of the file's first record; zero when it has none.</summary>
    internal long First { get; private set; }

    internal ReadOnlySpan<byte> Record => _reader.Record;

    public void Dispose()
    {
        _reader.Dispose();
        _file.Dispose();
    }

    /// <summary>Opens a file, if it is there and has a record with a number.</summary>
    internal static async ValueTask<FollowedFile?> TryOpenAsync(string path, bool grows, CancellationToken cancellation)
    {
        if (!TrailDirectory.TryOpen(path, out FileStream? stream))
        {
            return null;
        }

        FollowedFile file = new(stream, grows);
        try
        {
            file.First = await file.NextAsync(cancellation).ConfigureAwait(false) ?? 0;
            file.Begin(0);
            return file.First > 0 ? file : null;
        }
        finally
        {
            // Not only when it has none: it may not have been readable at all.
            if (file.First == 0)
            {
                file.Dispose();
            }
        }
    }

    /// <summary>Goes on to the next record whose number lies in a range.</summary>
    /// <returns>Its number; <see langword="null"/> when there is none here now.</returns>
    internal async ValueTask<long?> ReadAsync(long after, long newest, CancellationToken cancellation)
    {
        while (true)
        {
            if (await NextAsync(cancellation).ConfigureAwait(false) is not { } sequence)
            {
                if (!TryGoOn())
                {
                    return null;
                }
            }
            else if (sequence > newest)
            {
                // Not acknowledged yet: it is read again when it is.
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

    private async ValueTask<long?> NextAsync(CancellationToken cancellation)
    {
        while (await _reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            if (_reader.Fault == RecordFault.None && TrailStamp.TryRead(_reader.Record, out TrailStamp stamp))
            {
                return stamp.Sequence;
            }
        }

        return null;
    }

    // A sealed file ends where it ends. One of the journal may have grown since it was last looked at, or have been cut back by a record that failed.
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

    // Looked for only when more is wanted: behind the journal's lines there may be room, which is read for it.
    private long EndNow() => _grows ? TrailDirectory.EndOfLines(_file) : _file.Length;

    private RecordReader NewReader()
    {
        _file.Position = _begin;
        BeginningOf content = new(_file, _end - _begin);
        return _grows ? new JournalReader(content) : new LogFileReader(new GZipStream(content, CompressionMode.Decompress));
    }
}
