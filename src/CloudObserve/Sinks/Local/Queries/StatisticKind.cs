namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Specifies the kind of a <see cref="Statistic"/>.</summary>
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
