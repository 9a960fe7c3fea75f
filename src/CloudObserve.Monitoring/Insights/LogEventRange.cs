namespace CloudObserve.Insights;

/// <summary>Describes the log events that a query needs.</summary>
public sealed record LogEventRange
{
    /// <summary>Gets the time of the oldest events, inclusive.</summary>
    /// <value>The default is <see langword="null"/>: from the first event.</value>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Gets the time of the newest events, inclusive.</summary>
    /// <value>The default is <see langword="null"/>: to the last event.</value>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>Gets the log groups that the query selects with <c>SOURCE</c>.</summary>
    /// <value>The default is <see langword="null"/>: those of the source.</value>
    public LogGroupSelection? LogGroups { get; init; }
}
