namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Says which events <see cref="EmbeddedCloudWatch.GetLogEvents"/> reads.</summary>
public sealed record GetLogEventsRequest
{
    /// <summary>Gets the log group.</summary>
    public required string LogGroupName { get; init; }

    /// <summary>Gets the log stream.</summary>
    public required string LogStreamName { get; init; }

    /// <summary>Gets the time of the oldest events to read, inclusive. CloudWatch Logs counts in milliseconds, and finer parts are cut off.</summary>
    /// <value>The default is <see langword="null"/>: from the first event on.</value>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Gets the time that all events to read are before: exclusive, other than in <see cref="FilterLogEventsRequest.EndTime"/>.</summary>
    /// <value>The default is <see langword="null"/>: to the last event.</value>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>Gets how many events a page may have.</summary>
    /// <value>1 to 10,000. The default is 10,000.</value>
    public int Limit { get; init; } = LogQueryLimits.MaxEventsPerPage;

    /// <summary>Gets a value indicating whether the first page begins with the oldest events rather than ends with the newest.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>A token knows its own direction.</remarks>
    public bool StartFromHead { get; init; }

    /// <summary>Gets a token of the page before: <see cref="GetLogEventsResponse.NextForwardToken"/> or <see cref="GetLogEventsResponse.NextBackwardToken"/>.</summary>
    /// <value>The default is <see langword="null"/>: the first page.</value>
    public string? NextToken { get; init; }
}
