using Microsoft.Extensions.Logging;

namespace CloudObserve.Diagnostics;

/// <summary>The log messages that all signals have in common, about the intake, delivery and internal errors.</summary>
/// <remarks>
/// A signal defines its other messages in its own folder. Event ids are unique in the library: 100s misuse, 260 to 399 delivery, 400s the
/// host's start and stop, 500s the audit trail, 900s internal errors.
/// </remarks>
internal static partial class Log
{
    /// <summary>The prefix of all categories, by which a sink can exclude the library's own messages.</summary>
    internal const string CategoryPrefix = "CloudObserve.";

    internal const string DeliveryCategory = CategoryPrefix + "Delivery";

    internal const string MisuseCategory = CategoryPrefix + "Misuse";

    internal const string HostCategory = CategoryPrefix + "Host";

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
        260,
        LogLevel.Warning,
        "The spool has batches of {Signal} in {Directory}: {Batches}. This process has no signal or delivery channel of that name. They "
            + "stay on disk until a process that has it takes them over.",
        EventName = "SpoolUnclaimed")]
    internal static partial void SpoolUnclaimed(
        this ILogger logger, string signal, string directory, int batches);

    [LoggerMessage(
        310,
        LogLevel.Warning,
        "Users other than the owner can access the directory {Directory} ({Rights}). They may read, change or replace its files. Set "
            + "its mode to 0700.",
        EventName = "DirectoryOpenToOthers")]
    internal static partial void DirectoryOpenToOthers(
        this ILogger logger, string directory, string rights);

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

    /// <summary>Creates the report of batches in the spool that no signal of this process delivers.</summary>
    internal static Notice SpoolUnclaimed(string signal, int batches, string directory) => new(
        nameof(SpoolUnclaimed),
        signal,
        "",
        $"{directory} has {batches} {Counted.Form(batches, "batch", "batches")} that no part of this process delivers.",
        DeliveryCategory,
        logger => logger.SpoolUnclaimed(signal, directory, batches));
}
