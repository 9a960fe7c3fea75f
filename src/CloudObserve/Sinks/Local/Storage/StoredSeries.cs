namespace CloudObserve.Sinks.Local.Storage;

/// <summary>The stored data of one metric. Units are stored separately and never converted.</summary>
/// <threadsafety>Not safe for concurrent use; guarded by the store's lock.</threadsafety>
internal sealed class StoredSeries(long id, MetricIdentity identity)
{
    private const int ObjectBytes = 512;

    // At most 27 units exist, and nearly every metric has one, so a list is faster than a dictionary.
    private readonly List<UnitStream> _streams = [];

    /// <summary>Gets a number that increases in order of creation, used for the pages of a listing.</summary>
    internal long Id => id;

    internal MetricIdentity Identity => identity;

    internal IReadOnlyList<UnitStream> Streams => _streams;

    /// <summary>Gets the time at which the last datum was received, in seconds since 1970.</summary>
    internal long LastWrite { get; private set; }

    /// <summary>Gets an estimate of the memory used, in bytes. Read with every access, so it allocates nothing.</summary>
    internal long Bytes
    {
        get
        {
            long bytes = ObjectBytes + identity.Bytes;
            foreach (UnitStream stream in _streams)
            {
                bytes += stream.Bytes;
            }

            return bytes;
        }
    }

    internal long OldestTime => _streams.Count == 0 ? long.MaxValue : _streams.Min(stream => stream.OldestTime);

    internal void Add(Observation observation, long now)
    {
        LastWrite = now;
        UnitStream? stream = _streams.Find(s => s.Unit == observation.Unit);
        if (stream is null)
        {
            stream = new UnitStream(observation.Unit);
            _streams.Add(stream);
            _streams.Sort(static (left, right) => string.CompareOrdinal(left.Unit, right.Unit));
        }

        stream.RollUp(now);
        stream.Add(observation.Data, observation.Resolution, now);
    }

    internal void RollUp(long now)
    {
        foreach (UnitStream stream in _streams)
        {
            stream.RollUp(now);
        }

        _streams.RemoveAll(static stream => stream.IsEmpty);
    }

    internal int DropBefore(long time)
    {
        int dropped = _streams.Sum(stream => stream.DropBefore(time));
        _streams.RemoveAll(static stream => stream.IsEmpty);
        return dropped;
    }
}
