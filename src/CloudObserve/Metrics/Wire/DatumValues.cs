using CloudObserve.Metrics.Aggregation;

namespace CloudObserve.Metrics.Wire;

/// <summary>The samples of a table in the form CloudWatch accepts: values in ascending order, each with its count.</summary>
/// <remarks>
/// A bucket becomes its mean, so the sum is unchanged. The smallest and the largest sample are split off from their buckets and sent
/// exactly, so minimum and maximum are unchanged too. If there are more values than allowed, neighbours are merged where the error is
/// smallest: where few samples move by little, relative to their size.
/// </remarks>
/// <threadsafety>Not safe for concurrent use; reused from series to series.</threadsafety>
internal sealed class DatumValues
{
    private ValueEntry[] _entries = new ValueEntry[256];
    private int _used;
    private double[] _harm = [];

    internal List<double> Values { get; } = [];

    internal List<long> Counts { get; } = [];

    /// <summary>Loads the samples of a table that is not empty.</summary>
    /// <param name="table">The samples.</param>
    /// <param name="maxValues">The maximum number of values to return; at least 4.</param>
    internal void Load(ValueTable table, int maxValues)
    {
        Values.Clear();
        Counts.Clear();
        if (_entries.Length < table.Used)
        {
            _entries = new ValueEntry[table.Used];
        }

        _used = table.CopyTo(_entries);
        if (table.IsExact)
        {
            AddExact();
            return;
        }

        _entries.AsSpan(0, _used).Sort(static (x, y) => Mean(x).CompareTo(Mean(y)));

        // Two values are reserved for the smallest and the largest sample.
        while (_used > maxValues - 2)
        {
            MergeNeighbours(_used - (maxValues - 2));
        }

        AddBuckets(table.Minimum, table.Maximum);
    }

    private static double Value(in ValueEntry exact) => BitConverter.Int64BitsToDouble(exact.Key);

    private static double Mean(in ValueEntry entry) => entry.Sum / entry.Count;

    private static double Harm(in ValueEntry x, in ValueEntry y)
    {
        double size = Math.Max(Math.Abs(Mean(x)), Math.Abs(Mean(y)));

        // Two zeros cannot be neighbours, so size is positive. The distance of two values is at most twice the larger magnitude.
        return (Mean(y) - Mean(x)) / size * Math.Min(x.Count, y.Count);
    }

    private static void TakeOut(ref ValueEntry entry, double sample)
    {
        entry.Count--;
        entry.Sum -= sample;
    }

    private void AddBuckets(double minimum, double maximum)
    {
        TakeOut(ref _entries[0], minimum);
        bool hasMaximum = _used > 1 || _entries[0].Count > 0;
        if (hasMaximum)
        {
            TakeOut(ref _entries[_used - 1], maximum);
        }

        Add(minimum, 1);
        for (int i = 0; i < _used; i++)
        {
            if (_entries[i].Count > 0)
            {
                // Rounding may put a mean outside the range of its samples by its last bit.
                Add(Math.Clamp(Mean(_entries[i]), minimum, maximum), _entries[i].Count);
            }
        }

        if (hasMaximum)
        {
            Add(maximum, 1);
        }
    }

    private void AddExact()
    {
        // The key of an exact entry is the value itself; a mean could differ from it in the last bit.
        Span<ValueEntry> entries = _entries.AsSpan(0, _used);
        entries.Sort(static (x, y) => Value(x).CompareTo(Value(y)));
        foreach (ValueEntry entry in entries)
        {
            Add(Value(entry), entry.Count);
        }
    }

    private void Add(double value, long count)
    {
        if (Values.Count > 0 && Values[^1] == value)
        {
            Counts[^1] += count;
            return;
        }

        Values.Add(value);
        Counts.Add(count);
    }

    /// <summary>
    /// Merges up to <paramref name="wanted"/> pairs of neighbours with the smallest error; no entry is merged twice in one pass.
    /// </summary>
    private void MergeNeighbours(int wanted)
    {
        int pairs = _used - 1;
        if (_harm.Length < pairs)
        {
            _harm = new double[pairs];
        }

        Span<double> harm = _harm.AsSpan(0, pairs);
        for (int i = 0; i < pairs; i++)
        {
            harm[i] = Harm(_entries[i], _entries[i + 1]);
        }

        // At most every other pair can be merged in one pass, so the threshold is the error of the wanted-th pair, and passes repeat.
        double[] sorted = harm.ToArray();
        Array.Sort(sorted);
        Compact(harm, sorted[Math.Min(wanted, pairs) - 1], wanted);
    }

    private void Compact(ReadOnlySpan<double> harm, double threshold, int wanted)
    {
        int kept = 0;
        for (int i = 0; i < _used; i++)
        {
            ValueEntry entry = _entries[i];
            if (wanted > 0 && i < harm.Length && harm[i] <= threshold)
            {
                entry.Count += _entries[i + 1].Count;
                entry.Sum += _entries[i + 1].Sum;
                i++;
                wanted--;
            }

            _entries[kept++] = entry;
        }

        _used = kept;
    }
}
