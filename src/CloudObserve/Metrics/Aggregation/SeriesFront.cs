using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>Finds most series before their <see cref="SeriesTable"/> is asked: by a glance at each text instead of a hash of the whole of it.</summary>
/// <remarks>
/// <para>A glance takes the ends of a text and its length. It costs less than a hash, and holds nothing against values that somebody has chosen so
/// that they look alike. So nobody looks further than <see cref="MaxLooks"/> places, whatever is in here; a series that finds none of them
/// free stays out, and is found by the table alone.</para>
/// <para>Why a reader needs no lock: as in the table, entries are immutable, a place is written with a release store, and a new array is published as
/// a whole. A place may become free again, which cuts no chain, since a reader that misses goes on to the table. Nothing is written by readers, so
/// none takes a cache line away from another.</para>
/// </remarks>
/// <threadsafety><see cref="Find"/> is safe for concurrent use; members named NeedsLock want the owner's lock.</threadsafety>
internal sealed class SeriesFront
{
    /// <summary>How many places a series may stand in.</summary>
    internal const int MaxLooks = 4;

    private const int InitialCapacity = 16;

    // Odd, with bits all over, so that every bit of what is multiplied reaches the upper half of the product.
    private const ulong Spread = 0x9E37_79B9_7F4A_7C15;

    // Its length is a power of two, and at least three quarters of it are free.
    private SeriesEntry?[] _entries = new SeriesEntry?[InitialCapacity];

    // Used only under the owner's lock.
    private int _count;

    /// <summary>Finds a series. Takes no lock and allocates nothing.</summary>
    /// <returns><see langword="null"/> when the table must be asked.</returns>
    // Inlined, with its arguments apart from each other: a probe would be written to the stack and read again, which is a good part of what is left.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal SeriesState? Find(string @namespace, string name, MetricUnit unit, ReadOnlySpan<MetricDimension> dimensions)
    {
        ulong glance = Glance(name, unit, dimensions);
        SeriesEntry?[] entries = Volatile.Read(ref _entries);
        int place = (int)(glance >> 32);
        for (int i = 0; i < MaxLooks; i++)
        {
            // Acquire, as the counterpart of the release store in TryWrite.
            SeriesEntry? entry = Volatile.Read(ref entries[(place + i) & (entries.Length - 1)]);
            if (entry is null)
            {
                return null;
            }

            if (entry.Hash == glance && entry.Key.Matches(@namespace, name, unit, dimensions))
            {
                return entry.State;
            }
        }

        return null;
    }

    /// <summary>Adds a series that the table has too, if there is a place for it.</summary>
    internal void Add_NeedsLock(SeriesKey key, SeriesState state)
    {
        if ((_count + 1) * 4 > _entries.Length)
        {
            Grow_NeedsLock();
        }

        _count += TryWrite(_entries, new SeriesEntry(GlanceOf(key), key, state)) ? 1 : 0;
    }

    /// <summary>Removes the entry that was added with this very key, if there is one.</summary>
    internal void Remove_NeedsLock(SeriesKey key)
    {
        int place = (int)(GlanceOf(key) >> 32);
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

    private static ulong GlanceOf(SeriesKey key) => Glance(key.Name, key.Unit, key.AsProbe().Dimensions);

    // Each place has a factor of its own, so that equal values in different places look different. A caller that gives the dimensions in another
    // order than the one that made the series is served by the table. So are series that differ only in the names of their dimensions, or only in the
    // middle of a text: the first few of them stand here, and the table, which hashes everything, finds the others.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Glance(string name, MetricUnit unit, ReadOnlySpan<MetricDimension> dimensions)
    {
        ulong factor = Spread;
        ulong glance = (Ends(name) + (ulong)unit) * factor;
        foreach (ref readonly MetricDimension dimension in dimensions)
        {
            factor *= Spread;
            glance += Ends(dimension.Value) * factor;
        }

        return glance;
    }

    // The first four characters and the last four, which overlap where there are fewer than eight, and the length.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Ends(string? text)
    {
        if (text is not { Length: >= 4 })
        {
            // A shorter text is told apart by its length and its last character.
            return string.IsNullOrEmpty(text) ? 0 : ((ulong)text.Length << 32) | text[^1];
        }

        // Four characters are eight bytes, so both reads lie within the text. Slicing would check that again, and take longer than reading.
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
