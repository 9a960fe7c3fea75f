namespace CloudObserve.Sinks.Local.Queries;

/// <summary>One log event of a group.</summary>
/// <param name="LogStreamName">The stream it is in.</param>
/// <param name="EventId">What tells it from all others.</param>
/// <param name="Timestamp">The event's own time.</param>
/// <param name="IngestionTime">When it was received.</param>
/// <param name="Message">The event's text.</param>
public sealed record FilteredLogEvent(string LogStreamName, string EventId, DateTimeOffset Timestamp, DateTimeOffset IngestionTime, string Message);
