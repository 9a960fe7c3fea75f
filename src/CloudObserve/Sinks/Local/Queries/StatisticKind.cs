namespace CloudObserve.Sinks.Local.Queries;

/// <summary>What a <see cref="Statistic"/> takes from the samples of a period.</summary>
internal enum StatisticKind
{
    SampleCount = 0,
    Average,
    Sum,
    Minimum,
    Maximum,
    Percentile,
    TrimmedMean,
    TrimmedCount,
    TrimmedSum,
    WinsorizedMean,
    PercentileRank,
}
