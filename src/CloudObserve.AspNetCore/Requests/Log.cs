using Microsoft.Extensions.Logging;

namespace CloudObserve.AspNetCore.Requests;

/// <summary>Every message of this package.</summary>
internal static partial class Log
{
    internal const string Category = "CloudObserve.AspNetCore";

    [LoggerMessage(
        1, LogLevel.Error, "A request for {EventName} is answered with 503: the audit trail did not keep its record.", EventName = "RequestRefused")]
    internal static partial void RequestRefused(this ILogger logger, string eventName, Exception fault);

    [LoggerMessage(
        2, LogLevel.Error, "A request for {EventName} is missing in the audit trail, or how it broke off is.", EventName = "RequestNotRecorded")]
    internal static partial void RequestNotRecorded(this ILogger logger, string eventName, Exception fault);
}
