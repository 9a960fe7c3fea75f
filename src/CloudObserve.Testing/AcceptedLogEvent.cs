namespace CloudObserve.Testing;

/// <summary>One log event that a <see cref="ScriptedCloudWatch"/> took.</summary>
/// <param name="LogGroup">The log group.</param>
/// <param name="LogStream">The log stream.</param>
/// <param name="Timestamp">The event's own time.</param>
/// <param name="Message">The event's text.</param>
public sealed record AcceptedLogEvent(string LogGroup, string LogStream, DateTimeOffset Timestamp, string Message);
