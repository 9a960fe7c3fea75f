using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Aggregates;

/// <summary>Collects the distinct values, with their counts.</summary>
/// <param name="memory">The memory of the query.</param>
/// <param name="result">Computes the result from the values in the order of their first rows.</param>
internal sealed class DistinctAggregate(QueryMemory memory, Func<IReadOnlyList<DistinctValue>, LogValue> result) : Aggregate
{
    // An entry of the dictionary, the header of the key and the value.
    private const int EntryBytes = 120;

    private readonly Dictionary<byte[], DistinctValue> _values = new(Utf8Comparer.Instance);

    /// <summary>Gets the values in the order of their first rows.</summary>
    internal IReadOnlyList<DistinctValue> Values => [.. _values.Values.OrderBy(static value => value.First)];

    internal override void Add(in LogValue value, LogRow row)
    {
        if (value.IsMissing || value.IsStructure)
        {
            return;
        }

        ReadOnlySpan<byte> text = value.ToUtf8();
        if (_values.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(text, out DistinctValue? known))
        {
            known.Count++;
            known.First = Min(known.First, (row.Timestamp, row.Sequence));
            return;
        }

        memory.Reserve(EntryBytes + text.Length, "distinct values");
        byte[] key = text.ToArray();
        _values.Add(key, new DistinctValue(key) { Count = 1, First = (row.Timestamp, row.Sequence) });
    }

    internal override void Merge(Aggregate other)
    {
        foreach ((byte[] key, DistinctValue added) in ((DistinctAggregate)other)._values)
        {
            if (_values.TryGetValue(key, out DistinctValue? known))
            {
                known.Count += added.Count;
                known.First = Min(known.First, added.First);
            }
            else
            {
                _values.Add(key, added);
            }
        }
    }

    internal override LogValue Result() => result(Values);

    private static (long, long) Min((long, long) left, (long, long) right) => left.CompareTo(right) < 0 ? left : right;
}
