using System.Numerics;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>The samples of one series in one period: distinct values while they are few, then log-linear buckets.</summary>
/// <remarks>
/// <para>A key is the double's bits shifted right. Shift 0 keeps every value separate. Shift 45 keeps the sign, the exponent and 7 bits of
/// the mantissa: 128 buckets per octave, so a bucket is at most 1/128 = 0.8 % wide, and its mean differs by less than 1 % from each of its
/// samples. Each bucket has a count and a sum. No logarithm is computed, and zero and negative numbers need no special case.</para>
/// <para>The table is bounded: if a series spreads over more than <see cref="MaxEntries"/> buckets (more than 32 fully used octaves), the
/// shift grows by one and buckets become twice as wide, so that memory does not grow.</para>
/// </remarks>
/// <threadsafety>Not safe for concurrent use. The stripe that holds a table gives it to one thread at a time.</threadsafety>
internal sealed class ValueTable
{
    /// <summary>
    /// The maximum number of distinct values before they are put into buckets: as many as fit one datum, with room for splitting.
    /// </summary>
    internal const int MaxExactValues = 128;

    /// <summary>The maximum number of buckets before the table becomes coarser.</summary>
    internal const int MaxEntries = 4_096;

    private const int BucketShift = 45;
    private const int InitialCapacity = 8;

    // A table with a smaller share of used entries than 1/32 gives its memory back when it is cleared. One growth step never leaves a table
    // that sparse, so a steady series keeps its array.
    private const int SparseFactor = 32;

    // 2^64 / golden ratio: multiplying by it spreads keys that differ in few bits over the high bits, which select the entry.
    private const ulong Fibonacci = 0x9E37_79B9_7F4A_7C15;

    private ValueEntry[] _entries = new ValueEntry[InitialCapacity];
    private int _hashShift = 64 - BitOperations.Log2(InitialCapacity);
    private int _shift;
    private int _used;

    /// <summary>Gets the number of samples. Computed on each call, because a counter would cost every sample a store.</summary>
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

    /// <summary>Gets the smallest sample. Has no meaning while <see cref="IsEmpty"/> is true.</summary>
    internal double Minimum { get; private set; } = double.PositiveInfinity;

    /// <summary>Gets the largest sample. Has no meaning while <see cref="IsEmpty"/> is true.</summary>
    internal double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>Gets the number of used entries.</summary>
    internal int Used => _used;

    /// <summary>Gets a value indicating whether every distinct value is still kept separate.</summary>
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
                // While values are kept separate, sums are computed from value and count (SumOf).
                entry.Sum += value;
            }

            return;
        }

        AddNew(ref entry, key, 1, value);
    }

    /// <summary>Adds all samples of another table. The result has the coarser resolution of the two.</summary>
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
                // Each insertion may make this table coarser, so its shift is read again.
                MergeEntry(entry.Key << other._shift, entry.Count, other.SumOf(entry));
            }
        }
    }

    /// <summary>Copies the occupied entries as value and count pairs, in no particular order.</summary>
    /// <returns>The number of entries copied.</returns>
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

    /// <summary>Empties the table and makes it exact again.</summary>
    /// <remarks>The array is kept unless it is sparse, so that a steady series allocates nothing.</remarks>
    internal void Clear()
    {
        if (_used < _entries.Length / SparseFactor)
        {
            // After one period with unusually many values, the table must not keep the memory and the cost of enumerating free entries.
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

    /// <summary>Finds the entry of a key, or the free entry where it belongs. The table is never full, so the search ends.</summary>
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

        // At most three quarters full, so that probe sequences stay short.
        if (_used * 4 > _entries.Length * 3)
        {
            Rebuild(_entries.Length * 2, _shift);
        }
    }

    private void Coarsen(int shift) => Rebuild(_entries.Length, shift);

    /// <summary>Copies the used entries into a table of another size or resolution.</summary>
    private void Rebuild(int capacity, int shift)
    {
        // A continuous distribution leaves the exact mode in each period, so this must not allocate: its entries fit on the stack.
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

    /// <summary>Returns the sum of an entry. For equal values it avoids the rounding errors of adding them one by one.</summary>
    private double SumOf(in ValueEntry entry) => _shift == 0 ? BitConverter.Int64BitsToDouble(entry.Key) * entry.Count : entry.Sum;
}
