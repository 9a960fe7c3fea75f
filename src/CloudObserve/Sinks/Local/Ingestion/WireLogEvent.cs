namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>One log event as it was read; a member that is absent is <see langword="null"/>.</summary>
/// <param name="Timestamp">The time in milliseconds since 1970.</param>
/// <param name="Message">The text in UTF-8, without JSON's escapes.</param>
internal readonly record struct WireLogEvent(long? Timestamp, byte[]? Message);
