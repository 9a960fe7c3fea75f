using CloudObserve.Filters;

namespace CloudObserve.Local;

/// <summary>The parameters of <see cref="EmbeddedCloudWatch.ReadLogEvents"/>.</summary>
public sealed record ReadLogEventsRequest
{
    /// <summary>Gets the log group.</summary>
    public required string LogGroupName { get; init; }

    /// <summary>Gets the names of the log streams to read. Cannot be combined with <see cref="LogStreamNamePrefix"/>.</summary>
    /// <value>The default is none: all streams.</value>
    public IReadOnlyList<string> LogStreamNames { get; init; } = [];

    /// <summary>Gets the prefix that log stream names must have. Cannot be combined with <see cref="LogStreamNames"/>.</summary>
    /// <value>The default is <see langword="null"/>: all streams.</value>
    public string? LogStreamNamePrefix { get; init; }

    /// <summary>Gets the time of the oldest events to read, inclusive. It is truncated to milliseconds.</summary>
    /// <value>The default is <see langword="null"/>: from the first event.</value>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Gets the time of the newest events to read, inclusive. It is truncated to milliseconds.</summary>
    /// <value>The default is <see langword="null"/>: to the last event.</value>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>Gets the pattern of the events to read.</summary>
    /// <value>The default is <see langword="null"/>: all events.</value>
    public FilterPattern? FilterPattern { get; init; }

    /// <summary>Gets the order of the events.</summary>
    /// <value>The default is <see cref="ScanBy.TimestampAscending"/>: the oldest event first.</value>
    public ScanBy ScanBy { get; init; } = ScanBy.TimestampAscending;
}
