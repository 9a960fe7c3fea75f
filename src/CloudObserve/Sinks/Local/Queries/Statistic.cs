using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>A statistic that was parsed and can be evaluated.</summary>
/// <param name="Name">The statistic as it was written.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Bounds">Of which samples; for a percentile the upper bound is its rank.</param>
internal sealed record Statistic(string Name, StatisticKind Kind, StatisticBounds Bounds)
{
    /// <summary>Gets a value indicating whether it is one of the five that every datapoint has.</summary>
    internal bool IsBasic => Kind <= StatisticKind.Maximum;

    /// <summary>Evaluates the statistic.</summary>
    /// <returns>The value; <see langword="null"/> when it cannot be told of these samples.</returns>
    internal double? Evaluate(Aggregate data) => data.Count == 0 ? null : Kind switch
    {
        StatisticKind.SampleCount => data.Count,
        StatisticKind.Average => data.Sum / data.Count,
        StatisticKind.Sum => data.Sum,
        StatisticKind.Minimum => data.Minimum,
        StatisticKind.Maximum => data.Maximum,
        StatisticKind.Percentile => Percentile(data),
        _ => EvaluateRange(data),
    };

    // CloudWatch: these three are told of any samples.
    private double? Percentile(Aggregate data) => Bounds.Upper switch
    {
        <= 0 => data.Minimum,
        >= 100 => data.Maximum,
        _ when data.Minimum == data.Maximum => data.Minimum,
        _ => EvaluateRange(data),
    };

    // CloudWatch: percentages need all samples, and at least one of them. A range of values takes those that are known.
    private double? EvaluateRange(Aggregate data) => data.Samples switch
    {
        null => null,
        _ when Bounds.InPercent && !data.KnowsAllSamples => null,
        Distribution samples => OfSamples(samples, data),
        _ when Bounds.InPercent && data.Count < 1 => null,
        Histogram histogram when Kind == StatisticKind.Percentile => HistogramStatistics.Percentile(Bounds.Upper!.Value, histogram, data),
        Histogram histogram => OfHistogram(histogram, data),
        _ => throw new InvalidOperationException($"{data.Samples.GetType()} is a form of samples that is not known here."),
    };

    private double? OfHistogram(Histogram histogram, Aggregate data)
    {
        HistogramRange range = HistogramRange.Of(Bounds, histogram, data);
        return Kind switch
        {
            StatisticKind.TrimmedMean => range.Count > 0 ? range.Sum / range.Count : null,
            StatisticKind.TrimmedCount => range.Count,
            StatisticKind.TrimmedSum => range.Sum,
            StatisticKind.PercentileRank => 100 * range.Count / data.Count,
            _ => HistogramStatistics.WinsorizedMean(Bounds, range, histogram, data),
        };
    }

    private double? OfSamples(Distribution samples, Aggregate data)
    {
        SampleRange range = SampleRange.Of(Bounds, samples.Entries, data.Count);
        return Kind switch
        {
            StatisticKind.Percentile => range.Highest,
            StatisticKind.TrimmedMean => range.Count > 0 ? range.Sum / range.Count : null,
            StatisticKind.TrimmedCount => range.Count,
            StatisticKind.TrimmedSum => range.Sum,
            StatisticKind.PercentileRank => 100 * range.Count / data.Count,
            _ => range.WinsorizedMean(Bounds),
        };
    }
}
