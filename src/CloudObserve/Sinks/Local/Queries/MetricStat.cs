namespace CloudObserve.Local;

/// <summary>One statistic of one metric.</summary>
public sealed record MetricStat
{
    /// <summary>Gets the metric.</summary>
    public required MetricIdentifier Metric { get; init; }

    /// <summary>Gets the length of the period of one value.</summary>
    /// <value>1, 5, 10, 20 or 30 seconds, or a multiple of 60 seconds.</value>
    /// <inheritdoc cref="GetMetricStatisticsRequest.Period" path="/remarks"/>
    public required TimeSpan Period { get; init; }

    /// <summary>
    /// Gets the statistic, such as <c>Sum</c>, <c>p99.9</c>, <c>tm90</c>, <c>TM(10%:90%)</c>, <c>TC(:300)</c>, <c>PR(100:2000)</c> or
    /// <c>IQM</c>.
    /// </summary>
    /// <remarks>
    /// Percentiles, trimmed statistics, winsorized means and percentile ranks are computed as in CloudWatch: from a histogram whose bins
    /// are 10 % wide. The result is interpolated within a bin, so it is seldom a value that occurred: p50 of 1 to 10 is 5.0545. Bounds in
    /// percent require all samples of a period. A period has no value if it has a negative sample, a statistic set of unequal samples, or
    /// less than one sample (counts may be fractions). Bounds in values keep samples greater than the lower bound and not greater than the
    /// upper bound. <c>p0</c> is always the minimum, and <c>p100</c> the maximum. With <see cref="LocalOptions.ExactPercentiles"/> the
    /// samples themselves are used instead.
    /// </remarks>
    public required string Stat { get; init; }

    /// <summary>Gets the unit that data must have been published with. Values are not converted.</summary>
    /// <value>One of CloudWatch's names, such as <c>Bytes/Second</c>. The default is <see langword="null"/>: any unit. If a period has data
    /// in several units, its value is that of one of them, and <see cref="MetricDataResult.Messages"/> contains a message.</value>
    public string? Unit { get; init; }
}
