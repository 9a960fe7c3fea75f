using CloudObserve.Sinks.Local.Queries;

namespace CloudObserve.Local;

/// <summary>The parameters of <see cref="EmbeddedCloudWatch.GetLogEvents"/>.</summary>
public sealed record GetLogEventsRequest
{
    /// <summary>Gets the log group.</summary>
    public required string LogGroupName { get; init; }

    /// <summary>Gets the log stream.</summary>
    public required string LogStreamName { get; init; }

    /// <summary>Gets the time of the oldest events to read, inclusive. It is truncated to milliseconds, as in CloudWatch Logs.</summary>
    /// <value>The default is <see langword="null"/>: from the first event.</value>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Gets the end of the time range, exclusive, unlike <see cref="FilterLogEventsRequest.EndTime"/>.</summary>
    /// <value>The default is <see langword="null"/>: to the last event.</value>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>Gets the maximum number of events in a page.</summary>
    /// <value>1 to 10,000. The default is 10,000.</value>
    public int Limit { get; init; } = LogQueryLimits.MaxEventsPerPage;

    /// <summary>Gets a value indicating whether the first page begins with the oldest events instead of ending with the newest.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>A token includes its direction.</remarks>
    public bool StartFromHead { get; init; }

    /// <summary>
    /// Gets a token of the previous page: <see cref="GetLogEventsResponse.NextForwardToken"/> or
    /// <see cref="GetLogEventsResponse.NextBackwardToken"/>.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the first page.</value>
    public string? NextToken { get; init; }
}
