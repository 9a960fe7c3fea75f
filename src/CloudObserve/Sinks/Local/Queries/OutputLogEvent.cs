namespace CloudObserve.Local;

/// <summary>One log event of a stream.</summary>
/// <param name="Timestamp">The event's timestamp.</param>
/// <param name="IngestionTime">The time at which the event was received.</param>
/// <param name="Message">The event's text.</param>
public sealed record OutputLogEvent(DateTimeOffset Timestamp, DateTimeOffset IngestionTime, string Message);
