using CloudObserve.Audit;
using CloudObserve.Diagnostics;
using CloudObserve.Logs;
using CloudObserve.Logs.Routing;
using CloudObserve.Metrics;

namespace CloudObserve.Hosting;

/// <summary>Validates the log groups and streams to which metrics and the audit trail are written.</summary>
/// <remarks>The rules of their names belong to the logs, which the other signals do not know.</remarks>
internal static class LogDestinationChecks
{
    private const string Format = "Metrics:EmbeddedMetricFormat";

    internal static void Check(OptionFaults faults, CloudObserveOptions options)
    {
        if (options.Metrics.EmbeddedMetricFormat is { } format)
        {
            CheckFormat(faults, format, options.Logs);
        }

        CheckTrail(faults, options.AuditTrail, options.Logs);
    }

    private static void CheckFormat(OptionFaults faults, EmbeddedMetricFormatOptions format, LogsOptions logs)
    {
        faults.Rule($"{Format}:LogGroup", format.LogGroup, format.LogGroup is null ? null : LogRules.CheckLogGroup(format.LogGroup));
        faults.Rule($"{Format}:LogStream", format.LogStream, LogRules.CheckLogStream(format.LogStream));
        if (format.Target == EmbeddedMetricTarget.Logs && logs.LogGroupClass is not (null or "STANDARD"))
        {
            faults.Add("Logs:LogGroupClass", logs.LogGroupClass,
                $"must be STANDARD when {Format}:Target is Logs, because CloudWatch extracts metrics only from log groups of this class");
        }
    }

    private static void CheckTrail(OptionFaults faults, AuditTrailOptions trail, LogsOptions logs)
    {
        faults.Rule("AuditTrail:LogStream", trail.LogStream, LogRules.CheckLogStream(trail.LogStream));
        faults.Rule("AuditTrail:LogRetentionInDays", trail.LogRetentionInDays, LogRules.CheckRetention(trail.LogRetentionInDays));
        if (trail.LogGroup is not { } group)
        {
            return;
        }

        if (LogRules.CheckLogGroup(group) is { } broken)
        {
            faults.Rule("AuditTrail:LogGroup", group, broken);
        }
        else if (LogTemplate.Parse(group, NameKind.LogGroup) is { UsesDate: true } or { UsesCategory: true })
        {
            faults.Add("AuditTrail:LogGroup", group, "must not use {date} or {category}, because the trail is shipped to one log group");
        }
        else if (group == logs.LogGroup)
        {
            faults.Add("AuditTrail:LogGroup", group, "must not be the log group that the logs use");
        }
    }
}
