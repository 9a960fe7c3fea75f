namespace CloudObserve.Sinks.Local.Storage;

/// <summary>Samples of one series in one span of time.</summary>
/// <threadsafety>Not safe for concurrent use; those in the store are guarded by the store's lock.</threadsafety>
internal sealed class Aggregate
{
    private const int ObjectBytes = 80;

    private Aggregate(long time) => Time = time;

    /// <summary>Gets when the span begins, in seconds since 1970.</summary>
    internal long Time { get; private init; }

    internal double Count { get; private set; }

    internal double Sum { get; private set; }

    internal double Minimum { get; private set; } = double.PositiveInfinity;

    internal double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>Gets the samples themselves; <see langword="null"/> when some are negative or known only as a statistic set, so that no percentile can be told.</summary>
    internal Distribution? Distribution { get; private set; }

    internal long Bytes => ObjectBytes + (Distribution?.Bytes ?? 0);

    /// <summary>Makes an aggregate of values; at least one.</summary>
    internal static Aggregate Of(long time, ValueCount[] values)
    {
        Aggregate result = new(time);
        foreach (ValueCount entry in values)
        {
            result.Count += entry.Count;
            result.Sum += entry.Value * entry.Count;
            result.Minimum = Math.Min(result.Minimum, entry.Value);
            result.Maximum = Math.Max(result.Maximum, entry.Value);
        }

        // CloudWatch: no percentiles where any value is negative.
        result.Distribution = result.Minimum < 0 ? null : Distribution.Of(values);
        return result;
    }

    /// <summary>Makes an aggregate of a statistic set. CloudWatch: it has percentiles only where it shows that all samples are equal.</summary>
    internal static Aggregate OfSet(long time, double count, double sum, double minimum, double maximum)
    {
        bool allEqual = minimum == maximum && sum == minimum * count && minimum >= 0;
        return new Aggregate(time)
        {
            Count = count,
            Sum = sum,
            Minimum = minimum,
            Maximum = maximum,
            Distribution = allEqual ? Distribution.Of([new ValueCount(minimum, count)]) : null,
        };
    }

    /// <summary>Copies the samples into a span that begins at another time.</summary>
    internal Aggregate At(long time) => new(time)
    {
        Count = Count,
        Sum = Sum,
        Minimum = Minimum,
        Maximum = Maximum,
        Distribution = Distribution,
    };

    internal void Add(Aggregate other)
    {
        Count += other.Count;
        Sum += other.Sum;
        Minimum = Math.Min(Minimum, other.Minimum);
        Maximum = Math.Max(Maximum, other.Maximum);
        Distribution = Distribution is null || other.Distribution is null ? null : Distribution.Combine(Distribution, other.Distribution);
    }
}
