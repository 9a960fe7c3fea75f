using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>A parsed statistic that can be evaluated.</summary>
/// <param name="Name">The statistic as written in the request.</param>
/// <param name="Kind">The kind of the statistic.</param>
/// <param name="Bounds">The bounds of the samples; for a percentile the upper bound is its rank.</param>
internal sealed record Statistic(string Name, StatisticKind Kind, StatisticBounds Bounds)
{
    /// <summary>Gets a value indicating whether it is one of the five statistics of every datapoint.</summary>
    internal bool IsBasic => Kind <= StatisticKind.Maximum;

    /// <summary>Evaluates the statistic.</summary>
    /// <returns>The value, or <see langword="null"/> if it cannot be computed from these samples.</returns>
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

    // CloudWatch: these three cases have a value for all samples.
    private double? Percentile(Aggregate data) => Bounds.Upper switch
    {
        <= 0 => data.Minimum,
        >= 100 => data.Maximum,
        _ when data.Minimum == data.Maximum => data.Minimum,
        _ => EvaluateRange(data),
    };

    // CloudWatch: percentages require all samples, and at least one of them. A range of values uses the samples that are known.
    private double? EvaluateRange(Aggregate data) => data.Samples switch
    {
        null => null,
        _ when Bounds.InPercent && !data.KnowsAllSamples => null,
        Distribution samples => OfSamples(samples, data),
        _ when Bounds.InPercent && data.Count < 1 => null,
        Histogram histogram when Kind == StatisticKind.Percentile => HistogramStatistics.Percentile(Bounds.Upper!.Value, histogram, data),
        Histogram histogram => OfHistogram(histogram, data),
        _ => throw new InvalidOperationException($"{data.Samples.GetType()} is not a supported form of samples."),
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
