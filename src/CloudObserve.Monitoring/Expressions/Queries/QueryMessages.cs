using CloudObserve.Local;

namespace CloudObserve.Monitoring.Expressions.Queries;

/// <summary>Contains the messages about results.</summary>
internal static class QueryMessages
{
    /// <summary>Gets the message that not all metrics were used or returned.</summary>
    internal static MessageData TooManyMetrics { get; } = new("MaxMetricsExceeded", "Maximum number of allowed metrics exceeded");
}
