using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Aggregates;

/// <summary>Computes a percentile by the nearest rank.</summary>
/// <remarks>
/// Up to <see cref="MaxExact"/> numbers are kept as they are. More are counted in buckets whose bounds grow by half a percent, so that the
/// result is within 0.25 percent of the exact one. The least and the greatest number are exact.
/// </remarks>
/// <param name="percent">The percentile, from 0 to 100.</param>
/// <param name="memory">The memory of the query.</param>
internal sealed class PercentileAggregate(double percent, QueryMemory memory) : Aggregate
{
    /// <summary>The largest count of numbers for an exact result.</summary>
    internal const int MaxExact = 4_096;

    private const double Growth = 1.005;
    private const int BucketBytes = 40;

    private static readonly double LogGrowth = Math.Log(Growth);

    private readonly List<double> _numbers = [];
    private SortedDictionary<int, long>? _positive;
    private SortedDictionary<int, long>? _negative;
    private long _zeros;
    private long _count;
    private double _least = double.PositiveInfinity;
    private double _greatest = double.NegativeInfinity;

    internal override void Add(in LogValue value, LogRow row)
    {
        if (value.TryGetNumber(out double number))
        {
            Add(number);
        }
    }

    internal override void Merge(Aggregate other)
    {
        PercentileAggregate added = (PercentileAggregate)other;
        if (added._positive is null)
        {
            added._numbers.ForEach(Add);
            return;
        }

        CountInBuckets();
        MergeBuckets(_positive!, added._positive);
        MergeBuckets(_negative!, added._negative!);
        _zeros += added._zeros;
        _count += added._count;
        (_least, _greatest) = (Math.Min(_least, added._least), Math.Max(_greatest, added._greatest));
    }

    internal override LogValue Result()
    {
        if (_count == 0)
        {
            return LogValue.Missing;
        }

        long rank = Math.Clamp((long)Math.Ceiling(percent / 100 * _count), 1, _count);
        if (_positive is not null && (rank == 1 || rank == _count))
        {
            return LogValue.From(rank == 1 ? _least : _greatest);
        }

        if (_positive is not null)
        {
            return LogValue.From(Math.Clamp(FromBuckets(rank), _least, _greatest));
        }

        _numbers.Sort();
        return LogValue.From(_numbers[(int)rank - 1]);
    }

    private void Add(double number)
    {
        _count++;
        (_least, _greatest) = (Math.Min(_least, number), Math.Max(_greatest, number));
        if (_positive is not null)
        {
            Count(number);
            return;
        }

        if (_numbers.Count == _numbers.Capacity)
        {
            memory.Reserve(Math.Max(4, _numbers.Capacity) * sizeof(double), "percentiles");
        }

        _numbers.Add(number);
        if (_numbers.Count > MaxExact)
        {
            CountInBuckets();
        }
    }

    private void CountInBuckets()
    {
        if (_positive is not null)
        {
            return;
        }

        (_positive, _negative) = ([], []);
        _numbers.ForEach(Count);
        _numbers.Clear();
        _numbers.TrimExcess();
    }

    private void Count(double number)
    {
        if (number == 0)
        {
            _zeros++;
            return;
        }

        SortedDictionary<int, long> buckets = number > 0 ? _positive! : _negative!;
        int bucket = (int)Math.Ceiling(Math.Log(Math.Abs(number)) / LogGrowth);
        if (!buckets.TryGetValue(bucket, out long count))
        {
            memory.Reserve(BucketBytes, "percentiles");
        }

        buckets[bucket] = count + 1;
    }

    private double FromBuckets(long rank)
    {
        foreach ((int bucket, long count) in _negative!.Reverse())
        {
            if ((rank -= count) <= 0)
            {
                return -Middle(bucket);
            }
        }

        if ((rank -= _zeros) <= 0)
        {
            return 0;
        }

        foreach ((int bucket, long count) in _positive!)
        {
            if ((rank -= count) <= 0)
            {
                return Middle(bucket);
            }
        }

        return _greatest;
    }

    private static double Middle(int bucket) => 2 * Math.Exp(bucket * LogGrowth) / (Growth + 1);

    private static void MergeBuckets(SortedDictionary<int, long> into, SortedDictionary<int, long> added)
    {
        foreach ((int bucket, long count) in added)
        {
            into[bucket] = into.GetValueOrDefault(bucket) + count;
        }
    }
}
