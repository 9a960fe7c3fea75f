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
    internal double? Evaluate(Aggregate data) => Kind switch
    {
        StatisticKind.SampleCount => data.Count,
        StatisticKind.Average => data.Sum / data.Count,
        StatisticKind.Sum => data.Sum,
        StatisticKind.Minimum => data.Minimum,
        StatisticKind.Maximum => data.Maximum,
        _ => data.Distribution is { } distribution ? Evaluate(distribution.Entries, data.Count) : null,
    };

    private double? Evaluate(ReadOnlySpan<ValueCount> entries, double total)
    {
        SampleRange range = SampleRange.Of(Bounds, entries, total);
        return Kind switch
        {
            StatisticKind.Percentile => range.Highest,
            StatisticKind.TrimmedMean => range.Count > 0 ? range.Sum / range.Count : null,
            StatisticKind.TrimmedCount => range.Count,
            StatisticKind.TrimmedSum => range.Sum,
            StatisticKind.PercentileRank => 100 * range.Count / total,
            _ => ((range.CountBelow * LowEdge(range)) + range.Sum + (range.CountAbove * HighEdge(range))) / total,
        };
    }

    // Winsorizing sets outliers to the bound. A bound in percent is the outermost sample that stays.
    private double LowEdge(SampleRange range) => Bounds.InPercent ? range.Lowest : Bounds.Lower ?? 0;

    private double HighEdge(SampleRange range) => Bounds.InPercent ? range.Highest : Bounds.Upper ?? 0;
}
