namespace CloudObserve.Sinks.Local.Storage;

/// <summary>Samples of one series in one span of time.</summary>
/// <threadsafety>Not safe for concurrent use; those in the store are guarded by the store's lock.</threadsafety>
internal sealed class Aggregate
{
    private const int ObjectBytes = 88;

    private Aggregate(long time) => Time = time;

    /// <summary>Gets when the span begins, in seconds since 1970.</summary>
    internal long Time { get; private init; }

    /// <summary>Gets the number of samples; 0 when all values came with a count of 0, and then there is no datapoint.</summary>
    internal double Count { get; private set; }

    internal double Sum { get; private set; }

    /// <summary>Gets the smallest value. As with CloudWatch a value with a count of 0 takes part, and so it does in <see cref="Maximum"/>.</summary>
    internal double Minimum { get; private set; } = double.PositiveInfinity;

    internal double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>Gets the samples that are zero or greater and known one by one; <see langword="null"/> when there are none.</summary>
    internal SampleSet? Samples { get; private set; }

    /// <summary>Gets a value indicating whether there are samples of which only a statistic set is known, and which are not all equal.</summary>
    internal bool HasUnequalSet { get; private set; }

    /// <summary>Gets a value indicating whether <see cref="Samples"/> are all there are, so that CloudWatch has percentiles.</summary>
    internal bool KnowsAllSamples => Samples is not null && Minimum >= 0 && !HasUnequalSet;

    internal long Bytes => ObjectBytes + (Samples?.Bytes ?? 0);

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

        ValueCount[] known = Array.TrueForAll(values, IsKept) ? values : Array.FindAll(values, IsKept);
        result.Samples = known.Length == 0 ? null : Distribution.Of(known);
        return result;
    }

    /// <summary>Makes an aggregate of a statistic set. CloudWatch: its samples are known only where it shows that all of them are equal.</summary>
    internal static Aggregate OfSet(long time, double count, double sum, double minimum, double maximum)
    {
        bool allEqual = minimum == maximum && sum == minimum * count;
        return new Aggregate(time)
        {
            Count = count,
            Sum = sum,
            Minimum = minimum,
            Maximum = maximum,
            Samples = allEqual && minimum >= 0 ? Distribution.Of([new ValueCount(minimum, count)]) : null,
            HasUnequalSet = !allEqual,
        };
    }

    /// <summary>Copies the samples into a span that begins at another time.</summary>
    internal Aggregate At(long time) => Copy(time, Samples);

    /// <summary>Copies what CloudWatch keeps: of the samples only how many lie in which bin.</summary>
    internal Aggregate WithHistogram() => Copy(Time, Samples is Distribution samples ? Histogram.Of(samples.Entries) : Samples);

    internal void Add(Aggregate other)
    {
        Count += other.Count;
        Sum += other.Sum;
        Minimum = Math.Min(Minimum, other.Minimum);
        Maximum = Math.Max(Maximum, other.Maximum);
        Samples = Samples is null ? other.Samples : other.Samples is null ? Samples : Samples.With(other.Samples);
        HasUnequalSet |= other.HasUnequalSet;
    }

    // The others can't be told apart any more: a negative value has no bin, and a count of 0 is no sample.
    private static bool IsKept(ValueCount entry) => entry is { Value: >= 0, Count: > 0 };

    private Aggregate Copy(long time, SampleSet? samples) => new(time)
    {
        Count = Count,
        Sum = Sum,
        Minimum = Minimum,
        Maximum = Maximum,
        Samples = samples,
        HasUnequalSet = HasUnequalSet,
    };
}
