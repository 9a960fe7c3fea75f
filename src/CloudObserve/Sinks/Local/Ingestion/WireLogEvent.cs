namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>One log event as read. An absent member is <see langword="null"/>.</summary>
/// <param name="Timestamp">The time in milliseconds since 1970.</param>
/// <param name="Message">The text in UTF-8, with JSON escapes decoded.</param>
internal readonly record struct WireLogEvent(long? Timestamp, byte[]? Message);
