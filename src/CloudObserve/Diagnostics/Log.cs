using Microsoft.Extensions.Logging;

namespace CloudObserve.Diagnostics;

/// <summary>The library's log messages.</summary>
/// <remarks>Event ids: 100s misuse, 300s delivery, 400s the host's start and stop, 500s the audit trail, 900s internal errors.</remarks>
internal static partial class Log
{
    /// <summary>The prefix of all categories, by which a sink can exclude the library's own messages.</summary>
    internal const string CategoryPrefix = "CloudObserve.";

    internal const string DeliveryCategory = CategoryPrefix + "Delivery";

    internal const string MisuseCategory = CategoryPrefix + "Misuse";

    internal const string HostCategory = CategoryPrefix + "Host";

    internal const string AuditCategory = CategoryPrefix + "Audit";

    internal const string InternalCategory = CategoryPrefix + "Internal";

    [LoggerMessage(
        100,
        LogLevel.Warning,
        "{Signal} refused {Subject}: {Reason} ({Rule}). This is logged once; every such call is counted as lost.",
        EventName = "MisuseFound")]
    internal static partial void MisuseFound(
        this ILogger logger, string signal, string reason, string subject, string rule);

    [LoggerMessage(
        101,
        LogLevel.Warning,
        "{Limit} different misuses were logged; further ones are only counted.",
        EventName = "MisuseReportingEnded")]
    internal static partial void MisuseReportingEnded(
        this ILogger logger, int limit);

    [LoggerMessage(
        110,
        LogLevel.Warning,
        "{Signal} changed {Subject}: {Cause}. {Change} No measurement is lost. This is logged once.",
        EventName = "InputChanged")]
    internal static partial void InputChanged(
        this ILogger logger, string signal, string subject, string cause, string change);

    [LoggerMessage(
        111,
        LogLevel.Warning,
        "{Signal} got no measurements of {Instrument}: {Reason}. {Problem} The callback belongs to the application. This is logged "
            + "once; all other data is sent.",
        EventName = "CallbackFailed")]
    internal static partial void CallbackFailed(
        this ILogger logger, Exception? exception, string signal, string instrument, string reason, string problem);

    [LoggerMessage(
        130,
        LogLevel.Warning,
        "A name in {Setting} has had no effect so far. {Problem} This is logged once.",
        EventName = "SettingUnused")]
    internal static partial void SettingUnused(
        this ILogger logger, string setting, string problem);

    [LoggerMessage(
        300,
        LogLevel.Warning,
        "{Operation} to {Destination} failed: {ErrorClass} ({Code}): {ErrorMessage} {Hint} {Signal} data waits and is retried.",
        EventName = "DeliveryInterrupted")]
    internal static partial void DeliveryInterrupted(
        this ILogger logger, string signal, string operation, string destination, string errorClass, string code, string errorMessage,
        string hint);

    [LoggerMessage(
        301,
        LogLevel.Debug,
        "{Operation} to {Destination} failed, attempt {Attempt}: {ErrorClass} ({Code}): {ErrorMessage} Next attempt in {Pause}.",
        EventName = "AttemptFailed")]
    internal static partial void AttemptFailed(
        this ILogger logger, string operation, string destination, int attempt, string errorClass, string code, string errorMessage,
        TimeSpan pause);

    [LoggerMessage(
        302,
        LogLevel.Information,
        "{Operation} to {Destination} recovered after {Duration} and {Failures} failed attempts.",
        EventName = "DeliveryRecovered")]
    internal static partial void DeliveryRecovered(
        this ILogger logger, string operation, string destination, TimeSpan duration, long failures);

    [LoggerMessage(
        303,
        LogLevel.Debug,
        "{Operation} to {Destination} refused a batch of {Items} ({Code}): {ErrorMessage} It was split in halves to find the invalid item.",
        EventName = "BatchSplit")]
    internal static partial void BatchSplit(
        this ILogger logger, string operation, string destination, int items, string code, string errorMessage);

    [LoggerMessage(
        304,
        LogLevel.Warning,
        "{Count} {Signal} lost since the last such message: {Reason}. {Detail}",
        EventName = "DataLost")]
    internal static partial void DataLost(
        this ILogger logger, string signal, string reason, long count, string detail);

    [LoggerMessage(
        305,
        LogLevel.Debug,
        "{Count} {Signal} lost: {Reason}. {Detail}",
        EventName = "MoreDataLost")]
    internal static partial void MoreDataLost(
        this ILogger logger, string signal, string reason, long count, string detail);

    [LoggerMessage(
        306,
        LogLevel.Warning,
        "The {Resource} exists, but {Operation} failed ({Code}): {ErrorMessage} Data is still delivered, and the operation is tried "
            + "again later.",
        EventName = "SetupIncomplete")]
    internal static partial void SetupIncomplete(
        this ILogger logger, string resource, string operation, string code, string errorMessage);

    [LoggerMessage(
        310,
        LogLevel.Warning,
        "Users other than the owner can access the directory {Directory} ({Rights}). They may read, change or replace its files. Set "
            + "its mode to 0700.",
        EventName = "DirectoryOpenToOthers")]
    internal static partial void DirectoryOpenToOthers(
        this ILogger logger, string directory, string rights);

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
        EventId = 432,
        EventName = "FilterWithoutValue",
        Level = LogLevel.Warning,
        Message = "The metric filter {Filter} takes its value from {Field}, a field that its pattern does not name. It adds nothing, "
            + "as in CloudWatch Logs.")]
    internal static partial void FilterWithoutValue(this ILogger logger, string filter, string field);

    [LoggerMessage(
        EventId = 406,
        EventName = "FiltersChanged",
        Level = LogLevel.Information,
        Message = "The configuration has changed. Metric filters now in use: {Count}.")]
    internal static partial void FiltersChanged(this ILogger logger, int count);

    [LoggerMessage(
        EventId = 407,
        EventName = "FiltersRejected",
        Level = LogLevel.Error,
        Message = "The changed configuration is invalid. Previous metric filters that stay in use: {Count}. {Faults}")]
    internal static partial void FiltersRejected(this ILogger logger, int count, string faults);

    [LoggerMessage(
        EventId = 408,
        EventName = "FilterNotPut",
        Level = LogLevel.Warning,
        Message = "The metric filter {Filter} could not be created in log group {LogGroup} ({Code}): {ErrorMessage} "
            + "It is evaluated in this process instead. If the group already has this filter, its events count twice.")]
    internal static partial void FilterNotPut(this ILogger logger, string filter, string logGroup, string code, string errorMessage);

    [LoggerMessage(
        EventId = 409,
        EventName = "ProvisionedFilterChanged",
        Level = LogLevel.Warning,
        Message = "The metric filter {Filter} is created in its log groups at start. Its change takes effect when the application "
            + "restarts.")]
    internal static partial void ProvisionedFilterChanged(this ILogger logger, string filter);

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
        EventId = 450,
        EventName = "LocalFilesRead",
        Level = LogLevel.Information,
        Message = "The embedded CloudWatch has read {Batches} batches ({Bytes} bytes) of earlier processes from {Directory} in {Duration}. "
            + "Refused as they would be when sent: {Refused}.")]
    internal static partial void LocalFilesRead(
        this ILogger logger, string directory, long batches, long refused, long bytes, TimeSpan duration);

    [LoggerMessage(
        EventId = 451,
        EventName = "LocalFilesNoticed",
        Level = LogLevel.Warning,
        Message = "The directory {Directory} of the embedded CloudWatch: {Problem}")]
    internal static partial void LocalFilesNoticed(this ILogger logger, string directory, string problem);

    [LoggerMessage(
        500,
        LogLevel.Warning,
        "The audit trail: {Notice}",
        EventName = "TrailNoticed")]
    internal static partial void TrailNoticed(
        this ILogger logger, string notice);

    [LoggerMessage(
        900,
        LogLevel.Error,
        "CloudObserve has an internal error: {Where} failed. Report it with the exception.",
        EventName = "InternalErrorOccurred")]
    internal static partial void InternalErrorOccurred(
        this ILogger logger, Exception exception, string where);

    [LoggerMessage(
        901,
        LogLevel.Debug,
        "CloudObserve has an internal error again: {Where} failed.",
        EventName = "InternalErrorRecurred")]
    internal static partial void InternalErrorRecurred(
        this ILogger logger, Exception exception, string where);

    [LoggerMessage(
        905,
        LogLevel.Warning,
        "Messages of CloudObserve were not logged, because the application's loggers were too slow: {Count}.",
        EventName = "NoticesDropped")]
    internal static partial void NoticesDropped(
        this ILogger logger, long count);
}
