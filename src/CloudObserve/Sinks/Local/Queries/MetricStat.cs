namespace CloudObserve.Sinks.Local.Queries;

/// <summary>One statistic of one metric.</summary>
public sealed record MetricStat
{
    /// <summary>Gets the metric.</summary>
    public required Metric Metric { get; init; }

    /// <summary>Gets the length of the time that one value stands for.</summary>
    /// <value>1, 5, 10, 20 or 30 seconds, or a multiple of 60 seconds.</value>
    /// <inheritdoc cref="GetMetricStatisticsRequest.Period" path="/remarks"/>
    public required TimeSpan Period { get; init; }

    /// <summary>Gets the statistic, such as <c>Sum</c>, <c>p99.9</c>, <c>tm90</c>, <c>TM(10%:90%)</c>, <c>TC(:300)</c>, <c>PR(100:2000)</c> or <c>IQM</c>.</summary>
    /// <remarks>
    /// Percentiles, trimmed statistics, winsorized means and percentile ranks are computed as CloudWatch computes them: from a histogram whose
    /// bins are 10 % wide. The answer is interpolated within a bin, so it is seldom a value that occurred: p50 of 1 to 10 is 5.0545. Bounds in
    /// percent need all samples of a period. A period with a negative sample, with a statistic set of unequal samples, or with less than one
    /// sample (counts may be fractions) has no value. Bounds in values keep what is greater than the lower and not greater than the upper.
    /// <c>p0</c> is the minimum and <c>p100</c> the maximum, always. <see cref="LocalOptions.ExactPercentiles"/> computes from the samples instead.
    /// </remarks>
    public required string Stat { get; init; }

    /// <summary>Gets the unit that data must have been published with. Nothing is converted.</summary>
    /// <value>One of CloudWatch's names, such as <c>Bytes/Second</c>. The default is <see langword="null"/>: any. Where a period has data in several units its value is that of one of them, and <see cref="MetricDataResult.Messages"/> say so.</value>
    public string? Unit { get; init; }
}
