namespace CloudObserve.Sinks.Local.Queries;

/// <summary>A log stream.</summary>
/// <param name="LogStreamName">The name.</param>
/// <param name="CreationTime">When it was created.</param>
/// <param name="FirstEventTimestamp">The time of the oldest event kept; <see langword="null"/> when there is none.</param>
/// <param name="LastEventTimestamp">The time of the newest event kept; <see langword="null"/> when there is none.</param>
/// <param name="LastIngestionTime">When events were last received.</param>
public sealed record LogStreamSummary(
    string LogStreamName, DateTimeOffset CreationTime, DateTimeOffset? FirstEventTimestamp, DateTimeOffset? LastEventTimestamp, DateTimeOffset LastIngestionTime);
