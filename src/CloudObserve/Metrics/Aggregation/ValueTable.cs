using System.Numerics;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>
/// The samples of one series in one period: every distinct value while they are few, then log-linear buckets found from the bits of the
/// double, each with its count and sum.
/// </summary>
/// <remarks>
/// <para>A key is the double's bits shifted right. Shift 0 keeps every value apart. Shift 45 keeps the sign, the exponent and 7 bits of the
/// mantissa: 128 buckets an octave, so a bucket is at most 1/128 = 0.8 % wide, and its mean is closer than 1 % to each of its samples.
/// No logarithm is taken, and zero and negative numbers need no special case.</para>
/// <para>The table is bounded: should a series spread over more than <see cref="MaxEntries"/> buckets (more than 32 fully used octaves), the shift
/// grows by one and buckets become twice as wide, rather than memory growing.</para>
/// </remarks>
/// <threadsafety>Not safe for concurrent use. The cell that holds a table gives it to one thread at a time.</threadsafety>
internal sealed class ValueTable
{
    /// <summary>How many distinct values are kept apart before they fall into buckets: as many as fit one datum, with room for splitting.</summary>
    internal const int MaxExactValues = 128;

    /// <summary>How many buckets a table may have before it becomes coarser.</summary>
    internal const int MaxEntries = 4_096;

    private const int BucketShift = 45;
    private const int InitialCapacity = 8;

    // A table emptier than this when it is cleared gives its memory back. Larger than what one growth can leave behind, so that a steady series keeps its own.
    private const int SparseFactor = 32;

    // 2^64 / golden ratio: multiplying by it spreads keys that differ in few bits over the high bits, which are the ones taken.
    private const ulong Fibonacci = 0x9E37_79B9_7F4A_7C15;

    private ValueEntry[] _entries = new ValueEntry[InitialCapacity];
    private int _hashShift = 64 - BitOperations.Log2(InitialCapacity);
    private int _shift;
    private int _used;

    /// <summary>Gets the number of samples. Added up when it is asked for, since a counter would cost each sample a store.</summary>
    internal long Count
    {
        get
        {
            long count = 0;
            foreach (ref readonly ValueEntry entry in _entries.AsSpan())
            {
                count += entry.Count;
            }

            return count;
        }
    }

    /// <summary>Gets a value indicating whether there is no sample.</summary>
    internal bool IsEmpty => _used == 0;

    /// <summary>Gets the smallest sample; meaningless while <see cref="IsEmpty"/>.</summary>
    internal double Minimum { get; private set; } = double.PositiveInfinity;

    /// <summary>Gets the largest sample; meaningless while <see cref="IsEmpty"/>.</summary>
    internal double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>Gets the number of occupied entries.</summary>
    internal int Used => _used;

    /// <summary>Gets a value indicating whether every distinct value is still kept apart.</summary>
    internal bool IsExact => _shift == 0;

    /// <summary>Adds one finite sample.</summary>
    internal void Add(double value)
    {
        // Adding zero turns -0.0 into 0.0: they are equal, so they must share a key.
        value += 0.0;
        if (value < Minimum)
        {
            Minimum = value;
        }

        if (value > Maximum)
        {
            Maximum = value;
        }

        long key = BitConverter.DoubleToInt64Bits(value) >> _shift;
        ref ValueEntry entry = ref Find(key);
        if (entry.Count != 0)
        {
            entry.Count++;
            if (_shift != 0)
            {
                // While values are kept apart, sums follow from value and count (SumOf).
                entry.Sum += value;
            }

            return;
        }

        AddNew(ref entry, key, 1, value);
    }

    /// <summary>Adds all samples of another table. The result is as coarse as the coarser of the two.</summary>
    internal void Merge(ValueTable other)
    {
        if (other.IsEmpty)
        {
            return;
        }

        if (other._shift > _shift)
        {
            Coarsen(other._shift);
        }

        Minimum = Math.Min(Minimum, other.Minimum);
        Maximum = Math.Max(Maximum, other.Maximum);
        foreach (ValueEntry entry in other._entries)
        {
            if (entry.Count != 0)
            {
                // Each insertion may coarsen this table, so its shift is read anew.
                MergeEntry(entry.Key << other._shift, entry.Count, other.SumOf(entry));
            }
        }
    }

    /// <summary>Copies the occupied entries as value and count pairs, in no particular order.</summary>
    /// <returns>How many were copied.</returns>
    internal int CopyTo(Span<ValueEntry> target)
    {
        int copied = 0;
        foreach (ValueEntry entry in _entries)
        {
            if (entry.Count != 0)
            {
                target[copied] = entry;
                target[copied].Sum = SumOf(entry);
                copied++;
            }
        }

        return copied;
    }

    /// <summary>Empties the table and makes it exact again. Its memory stays, so a series that has settled allocates no more.</summary>
    internal void Clear()
    {
        if (_used < _entries.Length / SparseFactor)
        {
            // One wild period must not hold memory, or cost a walk over empty places, for ever.
            _entries = new ValueEntry[InitialCapacity];
            _hashShift = 64 - BitOperations.Log2(InitialCapacity);
        }
        else
        {
            Array.Clear(_entries);
        }

        _used = 0;
        _shift = 0;
        Minimum = double.PositiveInfinity;
        Maximum = double.NegativeInfinity;
    }

    private void MergeEntry(long bits, long count, double sum)
    {
        long key = bits >> _shift;
        ref ValueEntry entry = ref Find(key);
        if (entry.Count != 0)
        {
            entry.Count += count;
            entry.Sum += sum;
            return;
        }

        AddNew(ref entry, key, count, sum);
    }

    /// <summary>Finds the entry of a key, or the free place where it belongs. The table is never full, so the probe ends.</summary>
    private ref ValueEntry Find(long key)
    {
        ValueEntry[] entries = _entries;
        int mask = entries.Length - 1;
        int place = (int)(((ulong)key * Fibonacci) >> _hashShift);
        while (true)
        {
            ref ValueEntry entry = ref entries[place & mask];
            if (entry.Count == 0 || entry.Key == key)
            {
                return ref entry;
            }

            place++;
        }
    }

    private void AddNew(ref ValueEntry free, long key, long count, double sum)
    {
        bool full = _shift == 0 ? _used == MaxExactValues : _used == MaxEntries;
        if (full)
        {
            long bits = key << _shift;
            Coarsen(_shift == 0 ? BucketShift : _shift + 1);
            MergeEntry(bits, count, sum);
            return;
        }

        free.Key = key;
        free.Count = count;
        free.Sum = sum;
        _used++;

        // At most three quarters full, so that probes stay short.
        if (_used * 4 > _entries.Length * 3)
        {
            Rebuild(_entries.Length * 2, _shift);
        }
    }

    private void Coarsen(int shift) => Rebuild(_entries.Length, shift);

    /// <summary>Puts the occupied entries into a table of another size or resolution.</summary>
    private void Rebuild(int capacity, int shift)
    {
        // Leaving exactness happens in each period of a continuous distribution, so it must not allocate: its entries fit the stack.
        Span<ValueEntry> entries = _used <= MaxExactValues ? stackalloc ValueEntry[MaxExactValues] : new ValueEntry[_used];
        int used = CopyTo(entries);
        int by = shift - _shift;
        if (capacity == _entries.Length)
        {
            Array.Clear(_entries);
        }
        else
        {
            _entries = new ValueEntry[capacity];
            _hashShift = 64 - BitOperations.Log2((uint)capacity);
        }

        _shift = shift;
        _used = 0;
        foreach (ValueEntry entry in entries[..used])
        {
            ref ValueEntry target = ref Find(entry.Key >> by);
            _used += target.Count == 0 ? 1 : 0;
            target.Key = entry.Key >> by;
            target.Count += entry.Count;
            target.Sum += entry.Sum;
        }
    }

    /// <summary>The sum of an entry: of equal values without the rounding that adding them one by one brings.</summary>
    private double SumOf(in ValueEntry entry) => _shift == 0 ? BitConverter.Int64BitsToDouble(entry.Key) * entry.Count : entry.Sum;
}
