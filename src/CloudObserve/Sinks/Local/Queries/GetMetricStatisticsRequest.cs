namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Says what <see cref="EmbeddedCloudWatch.GetMetricStatistics"/> reads.</summary>
public sealed record GetMetricStatisticsRequest
{
    /// <summary>Gets the metric.</summary>
    public required Metric Metric { get; init; }

    /// <summary>Gets when to begin; inclusive.</summary>
    /// <remarks>
    /// Rounded down as CloudWatch does: to the minute, to 5 minutes when more than 15 days ago, to the hour when more than 63 days ago; to the
    /// period when that is shorter than a minute. The first period begins here.
    /// </remarks>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>Gets when to end; exclusive.</summary>
    /// <remarks>Rounded down as <see cref="StartTime"/> is: an end of 01:09:01 leaves out the minute that has begun at 01:09.</remarks>
    public required DateTimeOffset EndTime { get; init; }

    /// <summary>Gets the length of the time that one datapoint stands for.</summary>
    /// <value>1, 5, 10, 20 or 30 seconds, or a multiple of 60 seconds.</value>
    /// <remarks>
    /// CloudWatch: a start more than 3 hours ago needs a multiple of 60 seconds, more than 15 days ago of 300, more than 63 days ago of
    /// 3,600. Otherwise there are no datapoints.
    /// </remarks>
    public required TimeSpan Period { get; init; }

    /// <summary>Gets the statistics wanted: 1 to 5 of <c>SampleCount</c>, <c>Average</c>, <c>Sum</c>, <c>Minimum</c> and <c>Maximum</c>.</summary>
    /// <value>The default is none; then <see cref="ExtendedStatistics"/> are needed. Both together are allowed.</value>
    public IReadOnlyList<string> Statistics { get; init; } = [];

    /// <summary>Gets 1 to 10 statistics wanted such as <c>p99.9</c>, <c>tm90</c>, <c>TC(:300)</c>, <c>PR(100:2000)</c> or <c>IQM</c>.</summary>
    /// <value>The default is none.</value>
    /// <inheritdoc cref="MetricStat.Stat" path="/remarks"/>
    public IReadOnlyList<string> ExtendedStatistics { get; init; } = [];

    /// <summary>Gets the unit that data must have been published with. Nothing is converted.</summary>
    /// <value>One of CloudWatch's names, such as <c>Bytes/Second</c>. The default is <see langword="null"/>: each unit has datapoints of its own.</value>
    public string? Unit { get; init; }
}
