namespace CloudObserve.Testing;

/// <summary>Represents a log event that a <see cref="ScriptedCloudWatch"/> accepted.</summary>
/// <param name="LogGroup">The log group.</param>
/// <param name="LogStream">The log stream.</param>
/// <param name="Timestamp">The timestamp of the event.</param>
/// <param name="Message">The text of the event.</param>
public sealed record AcceptedLogEvent(string LogGroup, string LogStream, DateTimeOffset Timestamp, string Message);
