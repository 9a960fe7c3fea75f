using System.Runtime.CompilerServices;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>Finds series by the way callers name them: the same metric, unit and set of dimensions, in whatever order.</summary>
/// <remarks>
/// <para>A hash table with open addressing that any thread reads without a lock while one thread, which holds its owner's lock, changes it. It takes
/// the place of a <c>ConcurrentDictionary</c> because the look-up is most of what a sample costs: asked with a probe on the caller's stack, that one
/// copies the probe and calls through interfaces twice, which takes longer than the whole look-up here.</para>
/// <para>Why a reader needs no lock: entries are immutable and are written to a free place with a release store, so whoever sees an entry sees all of
/// it. A place never becomes free again: a removed entry leaves a mark behind, so no chain that a reader follows is cut. When a table is full of
/// entries and marks, the live ones go into a new array, which is published with a release store; who still reads the old one finds what was there
/// before. So a reader may miss an entry that is just being added, or find one that was just removed. Both are harmless: after a miss the owner looks
/// again under its lock, and a series is closed when it is removed, so it takes no sample.</para>
/// </remarks>
/// <param name="withValues">Whether dimension values count; without them two series of one metric with the same dimension names are equal.</param>
/// <threadsafety><see cref="Find"/> is safe for concurrent use; members named NeedsLock want the owner's lock.</threadsafety>
internal sealed class SeriesTable(bool withValues)
{
    private const int InitialCapacity = 16;

    // The mark that a removed entry leaves behind.
    private readonly SeriesEntry _removed = new(0, null!, null!);

    // Its length is a power of two, and at least half of it is free, so every chain ends soon.
    private SeriesEntry?[] _entries = new SeriesEntry?[InitialCapacity];

    // Used only under the owner's lock.
    private int _taken;

    /// <summary>Gets the number of live entries.</summary>
    internal int Count_NeedsLock { get; private set; }

    /// <summary>Finds a series. Takes no lock and allocates nothing.</summary>
    internal SeriesState? Find(in SeriesProbe probe)
    {
        ulong hash = Hash(probe);
        SeriesEntry?[] entries = Volatile.Read(ref _entries);
        int mask = entries.Length - 1;
        for (int place = (int)hash & mask; ; place = (place + 1) & mask)
        {
            // Acquire, as the counterpart of the release store in Write.
            SeriesEntry? entry = Volatile.Read(ref entries[place]);
            if (entry is null)
            {
                return null;
            }

            if (entry.Hash == hash && entry != _removed && (withValues ? entry.Key.Matches(probe) : entry.Key.MatchesNames(probe)))
            {
                return entry.State;
            }
        }
    }

    /// <summary>Adds a series under a key that is not there yet.</summary>
    internal void Add_NeedsLock(SeriesKey key, SeriesState state)
    {
        if ((_taken + 1) * 2 > _entries.Length)
        {
            Rebuild_NeedsLock();
        }

        Write(_entries, new SeriesEntry(Hash(key.AsProbe()), key, state));
        _taken++;
        Count_NeedsLock++;
    }

    /// <summary>Removes the entry that was added with this very key.</summary>
    internal void Remove_NeedsLock(SeriesKey key)
    {
        int mask = _entries.Length - 1;
        for (int place = (int)Hash(key.AsProbe()) & mask; _entries[place] is { } entry; place = (place + 1) & mask)
        {
            if (entry.Key == key)
            {
                RemoveAt_NeedsLock(place);
                return;
            }
        }
    }

    /// <summary>Removes the entries that a predicate picks.</summary>
    internal void RemoveAll_NeedsLock(Predicate<SeriesEntry> predicate)
    {
        for (int place = 0; place < _entries.Length; place++)
        {
            if (_entries[place] is { } entry && entry != _removed && predicate(entry))
            {
                RemoveAt_NeedsLock(place);
            }
        }
    }

    /// <summary>Hashes the series that a caller names. The namespace does not count: a publisher has one.</summary>
    internal ulong Hash(in SeriesProbe probe)
    {
        // Names count in whole, like values. An application may build them from data, and a hash of a part of each would put names that differ
        // elsewhere into one chain, which a look-up then walks from end to end.
        ulong hash = StringHash.Of((ulong)probe.Unit << 32, probe.Name);
        foreach (ref readonly MetricDimension dimension in probe.Dimensions)
        {
            // Addition commutes: the order of dimensions does not matter. Hashing name and value together keeps (a=b) and (b=a) apart.
            ulong name = StringHash.Of(0, dimension.Name);
            hash += withValues ? StringHash.Of(name, dimension.Value) : StringHash.Mix(name, 0);
        }

        return hash;
    }

    private static void Write(SeriesEntry?[] entries, SeriesEntry entry)
    {
        int mask = entries.Length - 1;
        int place = (int)entry.Hash & mask;
        while (entries[place] is not null)
        {
            place = (place + 1) & mask;
        }

        Volatile.Write(ref entries[place], entry);
    }

    private void RemoveAt_NeedsLock(int place)
    {
        Volatile.Write(ref _entries[place], _removed);
        Count_NeedsLock--;
    }

    private void Rebuild_NeedsLock()
    {
        int capacity = InitialCapacity;
        while (capacity < (Count_NeedsLock + 1) * 4)
        {
            capacity *= 2;
        }

        SeriesEntry?[] entries = new SeriesEntry?[capacity];
        foreach (SeriesEntry? entry in _entries)
        {
            if (entry is not null && entry != _removed)
            {
                Write(entries, entry);
            }
        }

        _taken = Count_NeedsLock;
        Volatile.Write(ref _entries, entries);
    }
}
