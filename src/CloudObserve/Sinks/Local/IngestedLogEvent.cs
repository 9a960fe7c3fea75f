namespace CloudObserve.Local;

/// <summary>A log event that the embedded CloudWatch has accepted.</summary>
/// <param name="LogGroupName">The log group.</param>
/// <param name="LogStreamName">The log stream.</param>
/// <param name="Timestamp">The time of the event, with a precision of a millisecond.</param>
/// <param name="IngestionTime">The time at which it was received.</param>
/// <param name="Message">The message, in UTF-8. It is never changed, so it may be kept.</param>
public readonly record struct IngestedLogEvent(
    string LogGroupName, string LogStreamName, DateTimeOffset Timestamp, DateTimeOffset IngestionTime, ReadOnlyMemory<byte> Message);
