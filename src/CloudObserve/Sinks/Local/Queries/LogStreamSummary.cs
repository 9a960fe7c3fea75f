namespace CloudObserve.Local;

/// <summary>A log stream.</summary>
/// <param name="LogStreamName">The name.</param>
/// <param name="CreationTime">The time of its creation.</param>
/// <param name="FirstEventTimestamp">The timestamp of the oldest stored event, or <see langword="null"/> if there is none.</param>
/// <param name="LastEventTimestamp">The timestamp of the newest stored event, or <see langword="null"/> if there is none.</param>
/// <param name="LastIngestionTime">The time at which events were last received.</param>
public sealed record LogStreamSummary(
    string LogStreamName, DateTimeOffset CreationTime, DateTimeOffset? FirstEventTimestamp, DateTimeOffset? LastEventTimestamp,
    DateTimeOffset LastIngestionTime);
