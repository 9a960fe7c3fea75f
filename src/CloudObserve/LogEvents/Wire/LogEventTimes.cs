using CloudObserve.Contracts;
using CloudObserve.Delivery;

namespace CloudObserve.LogEvents.Wire;

/// <summary>Checks the time window that CloudWatch accepts.</summary>
/// <remarks>An event outside of it is refused before it takes space in a request.</remarks>
internal static class LogEventTimes
{
    /// <summary>Checks an event's time.</summary>
    /// <param name="timestamp">The event's time, in milliseconds since the epoch.</param>
    /// <param name="now">The current time.</param>
    /// <returns>The reason why the event cannot be sent, or <see langword="null"/>.</returns>
    internal static LossReason? Check(long timestamp, DateTimeOffset now)
    {
        long present = now.ToUnixTimeMilliseconds();
        if (timestamp <= present - (long)ServiceLimits.MaxAge.TotalMilliseconds)
        {
            return LossReason.TooOld;
        }

        return timestamp > present + (long)ServiceLimits.MaxAhead.TotalMilliseconds ? LossReason.TooNew : null;
    }
}
