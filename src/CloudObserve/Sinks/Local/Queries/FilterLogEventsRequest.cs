namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Says which events <see cref="EmbeddedCloudWatch.FilterLogEvents"/> reads.</summary>
public sealed record FilterLogEventsRequest
{
    /// <summary>Gets the log group.</summary>
    public required string LogGroupName { get; init; }

    /// <summary>Gets the log streams to read, by name; not together with <see cref="LogStreamNamePrefix"/>.</summary>
    /// <value>At most 100. The default is none: all streams.</value>
    public IReadOnlyList<string> LogStreamNames { get; init; } = [];

    /// <summary>Gets what the names of log streams must begin with; not together with <see cref="LogStreamNames"/>.</summary>
    /// <value>The default is <see langword="null"/>: all streams.</value>
    public string? LogStreamNamePrefix { get; init; }

    /// <summary>Gets the time of the oldest events to read, inclusive. CloudWatch Logs counts in milliseconds, and finer parts are cut off.</summary>
    /// <value>The default is <see langword="null"/>: from the first event on.</value>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Gets the time of the newest events to read, inclusive.</summary>
    /// <value>The default is <see langword="null"/>: to the last event.</value>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>Gets which events to read, in the filter pattern language of CloudWatch Logs.</summary>
    /// <value>The default is <see langword="null"/>: all.</value>
    public string? FilterPattern { get; init; }

    /// <summary>Gets how many events a page may have.</summary>
    /// <value>1 to 10,000. The default is 10,000.</value>
    public int Limit { get; init; } = LogQueryLimits.MaxEventsPerPage;

    /// <summary>Gets the token of the page before.</summary>
    /// <value>The default is <see langword="null"/>: the first page.</value>
    public string? NextToken { get; init; }
}
