namespace CloudObserve.Sinks.Local.Storage;

/// <summary>One log event in the store.</summary>
/// <param name="Position">The position in the order of events.</param>
/// <param name="IngestionTime">The time at which the event was received, in milliseconds since 1970.</param>
/// <param name="Message">The text in UTF-8. Never changed, so that readers may use it outside the lock.</param>
internal readonly record struct StoredLogEvent(LogPosition Position, long IngestionTime, byte[] Message)
{
    // The size of the entry in the stream's list and of the array header.
    private const int ObjectBytes = 56;

    internal long Bytes => ObjectBytes + Message.Length;
}
