using Microsoft.Extensions.Logging;

namespace CloudObserve.Monitoring.Alarms.Provisioning;

/// <summary>The log messages of provisioning. Event ids: 320 to 329.</summary>
internal static partial class ProvisioningLog
{
    [LoggerMessage(
        320,
        LogLevel.Information,
        "{Put} alarms were put into CloudWatch, and {Unchanged} were there as defined. They are not evaluated in this process.",
        EventName = "AlarmsPut")]
    internal static partial void AlarmsPut(this ILogger logger, int put, int unchanged);

    [LoggerMessage(
        321,
        LogLevel.Warning,
        "{Count} alarms of CloudWatch differed from their definitions, and were replaced: {Alarms}",
        EventName = "AlarmsDrifted")]
    internal static partial void AlarmsDrifted(this ILogger logger, int count, string alarms);

    [LoggerMessage(
        322,
        LogLevel.Warning,
        "CloudWatch throttled the requests for {Patience}. {Count} alarms were not put and are evaluated in this process: {Alarms}",
        EventName = "AlarmsThrottled")]
    internal static partial void AlarmsThrottled(this ILogger logger, TimeSpan patience, int count, string alarms);

    [LoggerMessage(
        323,
        LogLevel.Error,
        "{Operation} was not allowed: {Message} It needs a region, and credentials that allow cloudwatch:{Operation}. Not put into "
            + "CloudWatch and evaluated in this process: {Alarms}.",
        EventName = "AlarmsDenied")]
    internal static partial void AlarmsDenied(this ILogger logger, string operation, string message, string alarms);

    [LoggerMessage(
        324,
        LogLevel.Error,
        "{Count} alarms were not put into CloudWatch and are evaluated in this process: {Alarms}. {Code}: {Message}",
        EventName = "AlarmsNotPut")]
    internal static partial void AlarmsNotPut(this ILogger logger, int count, string alarms, string code, string message);

    [LoggerMessage(
        325,
        LogLevel.Warning,
        "{Count} alarms cannot be put into CloudWatch and are evaluated in this process: {Alarms}",
        EventName = "AlarmsNotSupported")]
    internal static partial void AlarmsNotSupported(this ILogger logger, int count, string alarms);

    [LoggerMessage(
        326,
        LogLevel.Error,
        "The alarms of CloudWatch could not be read, so differences are not told. {Code}: {Message}",
        EventName = "AlarmsNotDescribed")]
    internal static partial void AlarmsNotDescribed(this ILogger logger, string code, string message);

    [LoggerMessage(
        327,
        LogLevel.Warning,
        "CloudWatch has {Count} alarms that this application put and does not put any more: {Alarms}. Delete them there, or set "
            + "DeleteRemovedAlarms.{Fault}",
        EventName = "AlarmsLeft")]
    internal static partial void AlarmsLeft(this ILogger logger, int count, string alarms, string fault);

    [LoggerMessage(
        328,
        LogLevel.Information,
        "{Count} alarms that this application does not put any more were deleted in CloudWatch: {Alarms}",
        EventName = "AlarmsDeleted")]
    internal static partial void AlarmsDeleted(this ILogger logger, int count, string alarms);

    [LoggerMessage(
        329,
        LogLevel.Warning,
        "The tags of {Count} alarms in CloudWatch are not those of their definitions: {Alarms}. {Operation} failed: {Message}",
        EventName = "AlarmTagsNotSet")]
    internal static partial void AlarmTagsNotSet(this ILogger logger, int count, string alarms, string operation, string message);
}
