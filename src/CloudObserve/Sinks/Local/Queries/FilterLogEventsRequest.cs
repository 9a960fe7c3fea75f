using CloudObserve.Sinks.Local.Queries;

namespace CloudObserve.Local;

/// <summary>The parameters of <see cref="EmbeddedCloudWatch.FilterLogEvents"/>.</summary>
public sealed record FilterLogEventsRequest
{
    /// <summary>Gets the log group.</summary>
    public required string LogGroupName { get; init; }

    /// <summary>Gets the names of the log streams to read. Cannot be combined with <see cref="LogStreamNamePrefix"/>.</summary>
    /// <value>At most 100. The default is none: all streams.</value>
    public IReadOnlyList<string> LogStreamNames { get; init; } = [];

    /// <summary>Gets the prefix that log stream names must have. Cannot be combined with <see cref="LogStreamNames"/>.</summary>
    /// <value>The default is <see langword="null"/>: all streams.</value>
    public string? LogStreamNamePrefix { get; init; }

    /// <summary>Gets the time of the oldest events to read, inclusive. It is truncated to milliseconds, as in CloudWatch Logs.</summary>
    /// <value>The default is <see langword="null"/>: from the first event.</value>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Gets the time of the newest events to read, inclusive.</summary>
    /// <value>The default is <see langword="null"/>: to the last event.</value>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>Gets the pattern of the events to read, in the filter pattern language of CloudWatch Logs.</summary>
    /// <value>The default is <see langword="null"/>: all events.</value>
    public string? FilterPattern { get; init; }

    /// <summary>Gets the maximum number of events in a page.</summary>
    /// <value>1 to 10,000. The default is 10,000.</value>
    public int Limit { get; init; } = LogQueryLimits.MaxEventsPerPage;

    /// <summary>Gets the token returned with the previous page.</summary>
    /// <value>The default is <see langword="null"/>: the first page.</value>
    public string? NextToken { get; init; }
}
