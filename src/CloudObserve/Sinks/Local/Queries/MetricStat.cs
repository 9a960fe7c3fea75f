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
    /// A percentile is the nearest rank: the smallest sample that at least so many percent of the samples do not exceed. CloudWatch does not
    /// say how it computes them; this definition always answers with a value that occurred. Bounds in percent keep the samples whose rank is
    /// greater than the lower bound, rounded down, and not greater than the upper, rounded up: no more is trimmed than was asked for. Bounds in values keep
    /// what is greater than the lower and not greater than the upper. Periods with a negative sample, or with a statistic set of unequal
    /// samples, have none of these, as with CloudWatch. Many distinct values are merged to within 1 percent of their value.
    /// </remarks>
    public required string Stat { get; init; }

    /// <summary>Gets the unit that data must have been published with. Nothing is converted.</summary>
    /// <value>One of CloudWatch's names, such as <c>Bytes/Second</c>. The default is <see langword="null"/>: each unit has values of its own, so a timestamp may occur more than once.</value>
    public string? Unit { get; init; }
}
