using CloudObserve.Contracts;

namespace CloudObserve.Sinks.Local.Storage;

/// <summary>One log event that passed every check.</summary>
/// <param name="Timestamp">The event's timestamp, in milliseconds since 1970.</param>
/// <param name="Message">The text in UTF-8. The store takes ownership; it is never changed.</param>
internal readonly record struct NewLogEvent(long Timestamp, byte[] Message)
{
    /// <summary>Gets the number of bytes that the service counts, in the limit of a request and for billing.</summary>
    internal long CountedBytes => Message.Length + ServiceLimits.PutLogEvents.EventOverhead;
}
