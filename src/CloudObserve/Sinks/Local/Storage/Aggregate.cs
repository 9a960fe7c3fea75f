namespace CloudObserve.Sinks.Local.Storage;

/// <summary>The samples of one series in one period.</summary>
/// <threadsafety>Not safe for concurrent use; aggregates in the store are guarded by the store's lock.</threadsafety>
internal sealed class Aggregate
{
    private const int ObjectBytes = 88;

    /// <summary>Initializes an instance without samples, for <see cref="CopyFrom"/>.</summary>
    internal Aggregate()
    {
    }

    private Aggregate(long time) => Time = time;

    /// <summary>Gets the start of the period, in seconds since 1970.</summary>
    internal long Time { get; private set; }

    /// <summary>Gets the number of samples; 0 if all values have a count of 0, in which case there is no datapoint.</summary>
    internal double Count { get; private set; }

    internal double Sum { get; private set; }

    /// <summary>Gets the smallest value. As in CloudWatch, a value with a count of 0 is included, also in <see cref="Maximum"/>.</summary>
    internal double Minimum { get; private set; } = double.PositiveInfinity;

    internal double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>Gets the individually known samples that are zero or greater, or <see langword="null"/> if there are none.</summary>
    internal SampleSet? Samples { get; private set; }

    /// <summary>Gets a value indicating whether it includes a statistic set whose samples are not all equal.</summary>
    internal bool HasUnequalSet { get; private set; }

    /// <summary>Gets a value indicating whether <see cref="Samples"/> contains all samples, so that CloudWatch has percentiles.</summary>
    internal bool KnowsAllSamples => Samples is not null && Minimum >= 0 && !HasUnequalSet;

    internal long Bytes => ObjectBytes + (Samples?.Bytes ?? 0);

    /// <summary>Creates an aggregate of at least one value.</summary>
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

    /// <summary>Creates an aggregate of a statistic set.</summary>
    /// <remarks>CloudWatch: the samples of a set are known only if the set shows that all of them are equal.</remarks>
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

    /// <summary>Copies the samples to a period with another start.</summary>
    internal Aggregate At(long time) => Copy(time, Samples);

    /// <summary>Copies the data that CloudWatch stores: instead of the samples, only the number of samples in each bin.</summary>
    internal Aggregate WithHistogram() => Copy(Time, Samples is Distribution samples ? Histogram.Of(samples.Entries) : Samples);

    /// <summary>Takes the samples and the period of another one.</summary>
    internal void CopyFrom(Aggregate other)
    {
        Time = other.Time;
        Count = other.Count;
        Sum = other.Sum;
        Minimum = other.Minimum;
        Maximum = other.Maximum;
        Samples = other.Samples;
        HasUnequalSet = other.HasUnequalSet;
    }

    internal void Add(Aggregate other)
    {
        Count += other.Count;
        Sum += other.Sum;
        Minimum = Math.Min(Minimum, other.Minimum);
        Maximum = Math.Max(Maximum, other.Maximum);
        Samples = Samples is null ? other.Samples : other.Samples is null ? Samples : Samples.With(other.Samples);
        HasUnequalSet |= other.HasUnequalSet;
    }

    // Other values cannot be kept as samples: a negative value has no bin, and a count of 0 is not a sample.
    private static bool IsKept(ValueCount entry) => entry is { Value: >= 0, Count: > 0 };

    private Aggregate Copy(long time, SampleSet? samples)
    {
        Aggregate copy = new();
        copy.CopyFrom(this);
        (copy.Time, copy.Samples) = (time, samples);
        return copy;
    }
}
