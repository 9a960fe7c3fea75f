using Microsoft.Extensions.Logging;

namespace CloudObserve.AspNetCore.Requests;

/// <summary>Contains the log messages of this package.</summary>
internal static partial class Log
{
    internal const string Category = "CloudObserve.AspNetCore";

    [LoggerMessage(
        1,
        LogLevel.Error,
        "A request for {EventName} is answered with 503, because the audit trail did not store its record.",
        EventName = "RequestRefused")]
    internal static partial void RequestRefused(this ILogger logger, string eventName, Exception exception);

    [LoggerMessage(
        2,
        LogLevel.Error,
        "The audit trail did not store the record of a request for {EventName}, or the record of its interruption.",
        EventName = "RequestNotRecorded")]
    internal static partial void RequestNotRecorded(this ILogger logger, string eventName, Exception exception);
}
