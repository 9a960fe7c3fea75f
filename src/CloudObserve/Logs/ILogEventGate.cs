using CloudObserve.Logs.Routing;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Logs;

/// <summary>Sees the text of every event just before it is shipped, and may keep it back.</summary>
/// <threadsafety>Called by the reader of the logs, one call at a time.</threadsafety>
internal interface ILogEventGate
{
    /// <summary>Looks at an event.</summary>
    /// <param name="route">Where it would go.</param>
    /// <param name="time">Its time, within the window that CloudWatch accepts.</param>
    /// <param name="now">The current time.</param>
    /// <param name="text">The bytes that would be shipped.</param>
    /// <returns>What it is booked as because it is not shipped; <see langword="null"/> ships it.</returns>
    LossReason? Keep(LogRoute route, DateTimeOffset time, DateTimeOffset now, ReadOnlySpan<byte> text);
}
