using Microsoft.Extensions.Logging;

namespace CloudObserve.Monitoring.Alarms;

/// <summary>The log messages of alarms.</summary>
/// <remarks>Event ids: 280 to 319. They are unique in all packages of CloudObserve.</remarks>
internal static partial class Log
{
    /// <summary>The category of all messages.</summary>
    internal const string Category = "CloudObserve.Alarms";

    [LoggerMessage(280, LogLevel.Warning, "Alarm {Alarm} is in ALARM: {Reason}", EventName = "AlarmRaised")]
    internal static partial void AlarmRaised(this ILogger logger, string alarm, string reason);

    [LoggerMessage(281, LogLevel.Information, "Alarm {Alarm} changed from {OldState} to {NewState}: {Reason}", EventName = "AlarmChanged")]
    internal static partial void AlarmChanged(this ILogger logger, string alarm, string oldState, string newState, string reason);

    [LoggerMessage(
        282,
        LogLevel.Warning,
        "Alarm {Alarm} cannot be evaluated: {Fault}. This is logged once until it can be evaluated again.",
        EventName = "AlarmNotEvaluated")]
    internal static partial void AlarmNotEvaluated(this ILogger logger, string alarm, string fault);

    [LoggerMessage(
        283,
        LogLevel.Error,
        "An evaluation of alarms failed. The next one is tried at its time.",
        EventName = "AlarmRoundFailed")]
    internal static partial void AlarmRoundFailed(this ILogger logger, Exception exception);

    [LoggerMessage(
        284,
        LogLevel.Error,
        "A changed definition was refused, and the alarm keeps the one that it has. {Fault}",
        EventName = "AlarmDefinitionRefused")]
    internal static partial void AlarmDefinitionRefused(this ILogger logger, string fault);

    [LoggerMessage(
        285, LogLevel.Information, "The definitions of {Count} alarms were created, changed or deleted.", EventName = "AlarmsDefined")]
    internal static partial void AlarmsDefined(this ILogger logger, int count);

    [LoggerMessage(
        286,
        LogLevel.Error,
        "The notification {Id} of alarm {Alarm} to {Target} failed: {Fault}",
        EventName = "NotificationFailed")]
    internal static partial void NotificationFailed(this ILogger logger, string id, string alarm, string target, string fault);

    [LoggerMessage(
        287,
        LogLevel.Information,
        "Alarm {Alarm} notifies topic {Topic}: {Subject}",
        EventName = "NotificationSent")]
    internal static partial void NotificationSent(this ILogger logger, string alarm, string topic, string subject);

    [LoggerMessage(
        288,
        LogLevel.Error,
        "The states of alarms in {Directory}: {Fault}",
        EventName = "AlarmStateNotUsable")]
    internal static partial void AlarmStateNotUsable(this ILogger logger, string directory, string fault);

    [LoggerMessage(
        289,
        LogLevel.Error,
        "The states of alarms cannot be stored in {Directory}: {Fault}. They are stored with the next change that can be.",
        EventName = "AlarmStateNotStored")]
    internal static partial void AlarmStateNotStored(this ILogger logger, string directory, string fault);

    [LoggerMessage(
        290,
        LogLevel.Warning,
        "Alarms evaluate what the embedded CloudWatch stores, but CloudObserve:Destination is Aws and CloudObserve:Local:Copy is false, so "
            + "it stores nothing. Call KeepLocalCopy().",
        EventName = "AlarmsWithoutData")]
    internal static partial void AlarmsWithoutData(this ILogger logger);

    [LoggerMessage(
        291,
        LogLevel.Warning,
        "The start did not wait longer for the data of earlier processes. Alarms are evaluated on what is there.",
        EventName = "AlarmsBeforeReplay")]
    internal static partial void AlarmsBeforeReplay(this ILogger logger);

    [LoggerMessage(
        292,
        LogLevel.Error,
        "The evaluation of alarms did not end within the time for the shutdown.",
        EventName = "AlarmsNotStopped")]
    internal static partial void AlarmsNotStopped(this ILogger logger);

    [LoggerMessage(EventId = 293, Message = "Topic {Topic}: {Subject}: {Reason}", EventName = "TopicNotified")]
    internal static partial void TopicNotified(this ILogger logger, LogLevel level, string topic, string subject, string reason);

    [LoggerMessage(
        294,
        LogLevel.Error,
        "A changed topic was refused, and keeps the targets that it has. {Fault}",
        EventName = "TopicRefused")]
    internal static partial void TopicRefused(this ILogger logger, string fault);

    [LoggerMessage(
        295,
        LogLevel.Warning,
        "CloudWatch did not have the alarms within {Timeout}. They are evaluated in this process until it has them.",
        EventName = "AlarmsNotProvisioned")]
    internal static partial void AlarmsNotProvisioned(this ILogger logger, TimeSpan timeout);

    [LoggerMessage(
        296,
        LogLevel.Warning,
        "CloudWatch notifies Amazon SNS only, so these topics of provisioned alarms do not reach their other targets: {Topics}. Subscribe "
            + "these to the topics of Amazon SNS.",
        EventName = "TopicsPartlyReached")]
    internal static partial void TopicsPartlyReached(this ILogger logger, string topics);
}
