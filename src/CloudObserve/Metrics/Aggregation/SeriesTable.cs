using System.Runtime.CompilerServices;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>Finds series by the key that callers use: the metric, the unit and the set of dimensions in any order.</summary>
/// <remarks>
/// <para>A hash table with open addressing. Any thread reads it without a lock; one thread, which holds the owner's lock, changes it. It
/// replaces a <c>ConcurrentDictionary</c> because the look-up is most of the cost of a sample: with a key on the caller's stack, that
/// dictionary copies the key and makes two interface calls, which takes longer than the whole look-up here.</para>
/// <para>Readers need no lock. Entries are immutable and are published with a release store, so a reader that sees an entry sees all of it.
/// An entry never becomes free again: removal leaves a mark, so no probe sequence is cut. When a table is full of entries and marks, the
/// live entries are copied to a new array, which is published with a release store; a reader of the old array finds the earlier content. A
/// reader may therefore miss an entry that is just being added, or find one that was just removed. Both are harmless: after a miss the
/// owner looks again under its lock, and a removed series is closed, so it accepts no sample.</para>
/// </remarks>
/// <param name="withValues">Whether dimension values are compared. Without them, two series of one metric with the same dimension names are
/// equal.</param>
/// <threadsafety><see cref="Find"/> is safe for concurrent use; members named NeedsLock require the owner's lock.</threadsafety>
internal sealed class SeriesTable(bool withValues)
{
    private const int InitialCapacity = 16;

    // The mark that replaces a removed entry.
    private readonly SeriesEntry _removed = new(0, null!, null!);

    // The length is a power of two, and at least half of the entries are free, so every probe sequence is short.
    private SeriesEntry?[] _entries = new SeriesEntry?[InitialCapacity];

    // Accessed only under the owner's lock.
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

    /// <summary>Adds a series under a key that is not in the table.</summary>
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

    /// <summary>Removes the entry that was added with this key instance.</summary>
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

    /// <summary>Removes the entries that match a predicate.</summary>
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

    /// <summary>Computes the hash of a series as a caller names it. The namespace is left out, because a publisher has one.</summary>
    internal ulong Hash(in SeriesProbe probe)
    {
        // Whole names are hashed, like whole values. An application may build names from data; hashing only a part would put many names
        // into one probe sequence, which a look-up would then read from end to end.
        ulong hash = StringHash.Of((ulong)probe.Unit << 32, probe.Name);
        foreach (ref readonly MetricDimension dimension in probe.Dimensions)
        {
            // Addition commutes: the order of dimensions does not matter. Name and value are hashed together, so that (a=b) and (b=a)
            // differ.
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
