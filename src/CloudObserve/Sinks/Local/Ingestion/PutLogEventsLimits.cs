using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>The limits of one <c>PutLogEvents</c> request.</summary>
/// <remarks>Source: the service model and the quotas page of the CloudWatch Logs user guide.</remarks>
internal static class PutLogEventsLimits
{
    /// <summary>CloudWatch Logs: at most 10,000 events per call.</summary>
    internal const int MaxEvents = 10_000;

    /// <summary>
    /// CloudWatch Logs: at most 1,048,576 bytes per call: the UTF-8 bytes of all messages, plus <see cref="OverheadBytes"/> for each.
    /// </summary>
    internal const int MaxBatchBytes = 1_048_576;

    /// <summary>CloudWatch Logs: the number of bytes counted for each event in addition to its message.</summary>
    internal const int OverheadBytes = 26;

    /// <summary>CloudWatch Logs: names of groups and streams have at most 512 characters.</summary>
    internal const int MaxNameLength = 512;

    /// <summary>CloudWatch Logs: the valid events of one call span at most 24 hours.</summary>
    internal static readonly TimeSpan MaxSpan = TimeSpan.FromHours(24);

    /// <summary>CloudWatch Logs: events older than 14 days are dropped.</summary>
    internal static readonly TimeSpan MaxAge = TimeSpan.FromDays(14);

    /// <summary>CloudWatch Logs: events more than two hours in the future are dropped.</summary>
    internal static readonly TimeSpan MaxLead = TimeSpan.FromHours(2);

    /// <summary>Returns the number of bytes counted for an event, in the limit of a call and for billing.</summary>
    internal static long SizeOf(NewLogEvent logEvent) => logEvent.Message.Length + OverheadBytes;
}
