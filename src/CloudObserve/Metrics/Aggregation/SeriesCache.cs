using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>A cache in front of <see cref="SeriesTable"/> that finds most series by a quick hash of each text.</summary>
/// <remarks>
/// <para>The quick hash reads the first and last characters of a text and its length. It costs less than a full hash, but does not resist
/// values chosen to collide. A look-up therefore probes at most <see cref="MaxLooks"/> entries. A series that finds none of them free is
/// not cached and is found by the table only.</para>
/// <para>Readers need no lock: as in the table, entries are immutable, an entry is published with a release store, and a new array is
/// published as a whole. An entry may become free again; this cannot hide other series, because a reader that misses continues with the
/// table. Readers write nothing, so they never invalidate each other's cache lines.</para>
/// </remarks>
/// <threadsafety><see cref="Find"/> is safe for concurrent use; members named NeedsLock require the owner's lock.</threadsafety>
internal sealed class SeriesCache
{
    /// <summary>The number of entries in which a series may be stored.</summary>
    internal const int MaxLooks = 4;

    private const int InitialCapacity = 16;

    // An odd number with bits set over its whole width, so that every bit of the other factor reaches the upper half of the product.
    private const ulong Spread = 0x9E37_79B9_7F4A_7C15;

    // The length is a power of two, and at least three quarters of the entries are free.
    private SeriesEntry?[] _entries = new SeriesEntry?[InitialCapacity];

    // Accessed only under the owner's lock.
    private int _count;

    /// <summary>Finds a series. Takes no lock and allocates nothing.</summary>
    /// <returns>The series, or <see langword="null"/> if the table must be searched.</returns>
    // Inlined, with separate arguments: a probe would be written to the stack and read again, which is a large part of the remaining cost.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal SeriesState? Find(string @namespace, string name, MetricUnit unit, ReadOnlySpan<MetricDimension> dimensions)
    {
        ulong hash = QuickHash(name, unit, dimensions);
        SeriesEntry?[] entries = Volatile.Read(ref _entries);
        int place = (int)(hash >> 32);
        for (int i = 0; i < MaxLooks; i++)
        {
            // Acquire, as the counterpart of the release store in TryWrite.
            SeriesEntry? entry = Volatile.Read(ref entries[(place + i) & (entries.Length - 1)]);
            if (entry is null)
            {
                return null;
            }

            if (entry.Hash == hash && entry.Key.Matches(@namespace, name, unit, dimensions))
            {
                return entry.State;
            }
        }

        return null;
    }

    /// <summary>Adds a series that is also in the table, if an entry is free for it.</summary>
    internal void Add_NeedsLock(SeriesKey key, SeriesState state)
    {
        if ((_count + 1) * 4 > _entries.Length)
        {
            Grow_NeedsLock();
        }

        _count += TryWrite(_entries, new SeriesEntry(QuickHashOf(key), key, state)) ? 1 : 0;
    }

    /// <summary>Removes the entry that was added with this key instance, if there is one.</summary>
    internal void Remove_NeedsLock(SeriesKey key)
    {
        int place = (int)(QuickHashOf(key) >> 32);
        for (int i = 0; i < MaxLooks; i++)
        {
            ref SeriesEntry? entry = ref _entries[(place + i) & (_entries.Length - 1)];
            if (entry?.Key == key)
            {
                Volatile.Write(ref entry, null);
                _count--;
                return;
            }
        }
    }

    private static bool TryWrite(SeriesEntry?[] entries, SeriesEntry entry)
    {
        int place = (int)(entry.Hash >> 32);
        for (int i = 0; i < MaxLooks; i++)
        {
            ref SeriesEntry? free = ref entries[(place + i) & (entries.Length - 1)];
            if (free is null)
            {
                Volatile.Write(ref free, entry);
                return true;
            }
        }

        return false;
    }

    private static ulong QuickHashOf(SeriesKey key) => QuickHash(key.Name, key.Unit, key.AsProbe().Dimensions);

    // Each position has its own factor, so that equal values in different positions give different hashes. Three kinds of series may miss
    // here and are found by the table, which hashes everything: a series whose dimensions are given in another order, and series that
    // differ only in dimension names or only in the middle of a text, once their entries are taken.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong QuickHash(string name, MetricUnit unit, ReadOnlySpan<MetricDimension> dimensions)
    {
        ulong factor = Spread;
        ulong hash = (FirstAndLastChars(name) + (ulong)unit) * factor;
        foreach (ref readonly MetricDimension dimension in dimensions)
        {
            factor *= Spread;
            hash += FirstAndLastChars(dimension.Value) * factor;
        }

        return hash;
    }

    // Combines the first four characters, the last four, and the length. The two reads overlap if the text has fewer than eight characters.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FirstAndLastChars(string? text)
    {
        if (text is not { Length: >= 4 })
        {
            // A shorter text is identified by its length and its last character.
            return string.IsNullOrEmpty(text) ? 0 : ((ulong)text.Length << 32) | text[^1];
        }

        // Four characters are eight bytes, so both reads lie within the text. Slicing would check that again, and take longer than the
        // read.
        ref byte start = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(text.AsSpan()));
        ulong first = Unsafe.ReadUnaligned<ulong>(ref start);
        ulong last = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, (nuint)(uint)text.Length * sizeof(char) - sizeof(ulong)));
        return BitOperations.RotateLeft(first, 27) + last + (uint)text.Length;
    }

    private void Grow_NeedsLock()
    {
        SeriesEntry?[] entries = new SeriesEntry?[_entries.Length * 2];
        _count = _entries.Count(e => e is not null && TryWrite(entries, e));
        Volatile.Write(ref _entries, entries);
    }
}
