using CloudObserve.Delivery;
using CloudObserve.LogEvents.Routing;

namespace CloudObserve.Logs;

/// <summary>Receives the text of every event just before it is shipped, and may withhold it.</summary>
/// <threadsafety>Called by the log reader, one call at a time.</threadsafety>
internal interface ILogEventFilter
{
    /// <summary>Processes an event and decides whether it is shipped.</summary>
    /// <param name="route">The destination of the event.</param>
    /// <param name="time">The event's time, within the window that CloudWatch accepts.</param>
    /// <param name="now">The current time.</param>
    /// <param name="text">The bytes that would be shipped.</param>
    /// <returns>The loss reason if the event is not shipped; <see langword="null"/> to ship it.</returns>
    LossReason? Withhold(LogRoute route, DateTimeOffset time, DateTimeOffset now, ReadOnlySpan<byte> text);
}
