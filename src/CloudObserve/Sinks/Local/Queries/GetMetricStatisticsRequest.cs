namespace CloudObserve.Local;

/// <summary>The parameters of <see cref="EmbeddedCloudWatch.GetMetricStatistics"/>.</summary>
public sealed record GetMetricStatisticsRequest
{
    /// <summary>Gets the metric.</summary>
    public required MetricIdentifier Metric { get; init; }

    /// <summary>Gets the start of the time range, inclusive.</summary>
    /// <remarks>
    /// Rounded down as in CloudWatch: to the minute; to 5 minutes if more than 15 days ago; to the hour if more than 63 days ago; to the
    /// period if that is shorter than a minute. The first period begins here.
    /// </remarks>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>Gets the end of the time range, exclusive.</summary>
    /// <remarks>Rounded down like <see cref="StartTime"/>: an end of 01:09:01 excludes the minute that began at 01:09.</remarks>
    public required DateTimeOffset EndTime { get; init; }

    /// <summary>Gets the length of the period of one datapoint.</summary>
    /// <value>1, 5, 10, 20 or 30 seconds, or a multiple of 60 seconds.</value>
    /// <remarks>
    /// CloudWatch: a start more than 3 hours ago requires a multiple of 60 seconds, more than 15 days ago a multiple of 300, and more than
    /// 63 days ago a multiple of 3,600. Otherwise there are no datapoints.
    /// </remarks>
    public required TimeSpan Period { get; init; }

    /// <summary>
    /// Gets the requested statistics: 1 to 5 of <c>SampleCount</c>, <c>Average</c>, <c>Sum</c>, <c>Minimum</c> and <c>Maximum</c>.
    /// </summary>
    /// <value>The default is none; then <see cref="ExtendedStatistics"/> are required. Both may be given.</value>
    public IReadOnlyList<string> Statistics { get; init; } = [];

    /// <summary>
    /// Gets 1 to 10 requested statistics such as <c>p99.9</c>, <c>tm90</c>, <c>TC(:300)</c>, <c>PR(100:2000)</c> or <c>IQM</c>.
    /// </summary>
    /// <value>The default is none.</value>
    /// <inheritdoc cref="MetricStat.Stat" path="/remarks"/>
    public IReadOnlyList<string> ExtendedStatistics { get; init; } = [];

    /// <summary>Gets the unit that data must have been published with. Values are not converted.</summary>
    /// <value>One of CloudWatch's names, such as <c>Bytes/Second</c>. The default is <see langword="null"/>: each unit has its own
    /// datapoints.</value>
    public string? Unit { get; init; }
}
