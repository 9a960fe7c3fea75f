namespace CloudObserve.Sinks.Local.Storage;

/// <summary>Reads the events of a log group in order of position, from all or some of its streams.</summary>
/// <remarks>
/// Events are taken in chunks under the store's lock and are examined outside of it, so a long scan delays no writer. A scan sees the
/// requests that were accepted before its first chunk, and no later ones, so it sees each request completely or not at all. Events that
/// expire, or are dropped for the memory limit, during the scan are not read.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class LogScan
{
    private const int FirstChunk = 64;
    private const int LargestChunk = 1024;

    // A scan keeps the messages of its chunk alive after the store has dropped them.
    private const long MaxChunkBytes = 1024 * 1024;

    private static readonly Comparer<LogPosition> Descending =
        Comparer<LogPosition>.Create(static (left, right) => right.CompareTo(left));

    private readonly LogStore _store;
    private readonly LogScanRange _range;
    private readonly PriorityQueue<(StoredLogStream Stream, int Index), LogPosition> _next;
    private (string Stream, StoredLogEvent Event)[] _chunk = new (string, StoredLogEvent)[FirstChunk];
    private int _count;
    private int _at = -1;
    private bool _isLast;
    private LogPosition? _from;

    // The id of the newest event at the first chunk.
    private long? _newestId;

    /// <summary>Takes the first chunk.</summary>
    /// <exception cref="CloudObserve.Local.CloudWatchException">The group or a named stream does not exist.</exception>
    internal LogScan(LogStore store, LogScanRange range)
    {
        _store = store;
        _range = range with { Streams = [.. range.Streams.Distinct(StringComparer.Ordinal)] };
        _from = range.From;
        _next = new(range.IsBackward ? Descending : Comparer<LogPosition>.Default);
        if (!TakeChunk())
        {
            throw LogErrors.NoGroup();
        }
    }

    /// <summary>Gets the current event and the name of its stream.</summary>
    internal ref readonly (string Stream, StoredLogEvent Event) Current => ref _chunk[_at];

    /// <summary>Moves to the next event.</summary>
    /// <returns><see langword="false"/> at the end.</returns>
    internal bool Read()
    {
        if (_at + 1 < _count)
        {
            _at++;
            return true;
        }

        if (_isLast)
        {
            return false;
        }

        if (_chunk.Length < LargestChunk)
        {
            _chunk = new (string, StoredLogEvent)[_chunk.Length * 4];
        }

        // The group may have been dropped in the meantime.
        _isLast |= !TakeChunk();
        _at = _count > 0 ? 0 : -1;
        return _count > 0;
    }

    private bool TakeChunk()
    {
        _count = 0;
        return _store.TryRead(_range.Group, Take);
    }

    private void Take(StoredLogGroup group, long newestId)
    {
        bool isFirst = _newestId is null;
        _newestId ??= newestId;
        _next.Clear();
        if (_range.Streams.Count > 0)
        {
            QueueNamed(group, isFirst);
        }
        else
        {
            foreach (StoredLogStream stream in group.Streams)
            {
                if (stream.Name.StartsWith(_range.StreamPrefix, StringComparison.Ordinal))
                {
                    QueueFirst(stream);
                }
            }
        }

        Merge();
    }

    private void QueueNamed(StoredLogGroup group, bool isFirst)
    {
        foreach (string name in _range.Streams)
        {
            if (group.Find(name) is { } stream)
            {
                QueueFirst(stream);
            }
            else if (isFirst)
            {
                // A stream that disappears later was dropped for the memory limit.
                throw LogErrors.NoStream();
            }
        }
    }

    private void QueueFirst(StoredLogStream stream)
    {
        if (_range.IsBackward)
        {
            int end = _range.End == long.MaxValue ? stream.Count : stream.IndexAt(_range.End + 1);
            Queue(stream, Math.Min(end, _from is { } last ? stream.IndexAfter(last with { Id = last.Id - 1 }) : end) - 1);
        }
        else
        {
            Queue(stream, Math.Max(stream.IndexAt(_range.Start), _from is { } last ? stream.IndexAfter(last) : 0));
        }
    }

    private void Queue(StoredLogStream stream, int index)
    {
        int step = _range.IsBackward ? -1 : 1;

        // Events of later requests lie between the others, because the order is that of the timestamps.
        while (index >= 0 && index < stream.Count && stream[index].Position.Id > _newestId)
        {
            index += step;
        }

        if (index >= 0 && index < stream.Count
            && stream[index].Position.Timestamp is var time && time >= _range.Start && time <= _range.End)
        {
            _next.Enqueue((stream, index), stream[index].Position);
        }
    }

    private void Merge()
    {
        long bytes = 0;
        while (_count < _chunk.Length && bytes < MaxChunkBytes
            && _next.TryDequeue(out (StoredLogStream Stream, int Index) at, out LogPosition position))
        {
            StoredLogEvent found = at.Stream[at.Index];
            _chunk[_count++] = (at.Stream.Name, found);
            bytes += found.Message.Length;
            _from = position;
            Queue(at.Stream, at.Index + (_range.IsBackward ? -1 : 1));
        }

        _isLast = _next.Count == 0;
    }
}
