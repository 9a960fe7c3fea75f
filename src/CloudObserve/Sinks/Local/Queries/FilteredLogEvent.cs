namespace CloudObserve.Local;

/// <summary>One log event of a group.</summary>
/// <param name="LogStreamName">The name of its stream.</param>
/// <param name="EventId">The unique id of the event.</param>
/// <param name="Timestamp">The event's timestamp.</param>
/// <param name="IngestionTime">The time at which the event was received.</param>
/// <param name="Message">The event's text.</param>
public sealed record FilteredLogEvent(
    string LogStreamName, string EventId, DateTimeOffset Timestamp, DateTimeOffset IngestionTime, string Message);
