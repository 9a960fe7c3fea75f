using Microsoft.Extensions.Logging;

namespace CloudObserve.Hosting;

/// <summary>The log messages about the host's start, stop and configuration.</summary>
internal static partial class HostMessages
{
    [LoggerMessage(
        EventId = 400,
        EventName = "Started",
        Level = LogLevel.Information,
        Message = "CloudObserve publishes to {Destination}.")]
    internal static partial void Started(this ILogger logger, string destination);

    [LoggerMessage(
        EventId = 401,
        EventName = "LocalDestinationInProduction",
        Level = LogLevel.Warning,
        Message = "CloudObserve publishes to the embedded CloudWatch, which ends with this process, although the environment is "
        + "Production. "
            + "Call UseAws() or set CloudObserve:Destination to Aws.")]
    internal static partial void LocalDestinationInProduction(this ILogger logger);

    [LoggerMessage(
        EventId = 402,
        EventName = "StoppedComplete",
        Level = LogLevel.Information,
        Message = "Stopped with all {Signal} delivered: {Accepted} accepted, {Delivered} delivered.")]
    internal static partial void StoppedComplete(this ILogger logger, string signal, long accepted, long delivered);

    [LoggerMessage(
        EventId = 403,
        EventName = "StoppedWithLoss",
        Level = LogLevel.Warning,
        Message = "Stopped with {Signal} lost: {Accepted} accepted, {Delivered} delivered, {Lost} lost ({Reasons}).")]
    internal static partial void StoppedWithLoss(
        this ILogger logger, string signal, long accepted, long delivered, long lost, string reasons);

    [LoggerMessage(
        EventId = 404,
        EventName = "StoppedWithIntendedLoss",
        Level = LogLevel.Information,
        Message = "Stopped with all {Signal} delivered or intentionally discarded: {Accepted} accepted, {Delivered} delivered, "
            + "{Lost} discarded ({Reasons}).")]
    internal static partial void StoppedWithIntendedLoss(
        this ILogger logger, string signal, long accepted, long delivered, long lost, string reasons);

    [LoggerMessage(
        EventId = 405,
        EventName = "FiltersWithoutLogs",
        Level = LogLevel.Warning,
        Message = "Metric filters are configured ({Count}), but logs are not added, so the filters have no effect. Call WithLogs().")]
    internal static partial void FiltersWithoutLogs(this ILogger logger, int count);

    [LoggerMessage(
        EventId = 410,
        EventName = "StoppedWithSpool",
        Level = LogLevel.Warning,
        Message = "Stopped with {Signal} on disk for the next start: {Accepted} accepted, {Delivered} delivered, {Spooled} spooled, {Lost} "
            + "lost{Reasons}.")]
    internal static partial void StoppedWithSpool(
        this ILogger logger, string signal, long accepted, long delivered, long spooled, long lost, string reasons);

    [LoggerMessage(
        EventId = 411,
        EventName = "StoppedUnfinished",
        Level = LogLevel.Warning,
        Message = "Stopped before all {Signal} were delivered, spooled or lost: {Accepted} accepted, {Delivered} delivered, "
            + "{Spooled} spooled, {Lost} lost{Reasons}, {InFlight} in flight. "
            + "Application code (a formatter, a sink or a resilience strategy) or a blocked thread pool held them past the deadline.")]
    internal static partial void StoppedUnfinished(
        this ILogger logger, string signal, long accepted, long delivered, long spooled, long lost, string reasons, long inFlight);

    [LoggerMessage(
        EventId = 430,
        EventName = "KeyWithoutEffect",
        Level = LogLevel.Warning,
        Message = "The configuration has a fault that does not stop the start: {Fault}")]
    internal static partial void KeyWithoutEffect(this ILogger logger, string fault);

    [LoggerMessage(
        EventId = 431,
        EventName = "SectionWithoutEffect",
        Level = LogLevel.Warning,
        Message = "The configuration section CloudObserve:{Section} has no effect, because {Subject} not added. Call {Method}().")]
    internal static partial void SectionWithoutEffect(this ILogger logger, string section, string subject, string method);

    [LoggerMessage(
        EventId = 432,
        EventName = "FilterWithoutValue",
        Level = LogLevel.Warning,
        Message = "The metric filter {Filter} takes its value from {Field}, a field that its pattern does not name. It adds nothing, "
            + "as in CloudWatch Logs.")]
    internal static partial void FilterWithoutValue(this ILogger logger, string filter, string field);
}
