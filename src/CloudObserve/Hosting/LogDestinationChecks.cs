using CloudObserve.Diagnostics;
using CloudObserve.Metrics;

namespace CloudObserve.Hosting;

/// <summary>Validates the log groups of metrics and of the audit trail against the options of the logs.</summary>
internal static class LogDestinationChecks
{
    private const string Format = "Metrics:EmbeddedMetricFormat";

    internal static void Check(OptionFaults faults, CloudObserveOptions options)
    {
        if (options.Metrics.EmbeddedMetricFormat is { Target: EmbeddedMetricTarget.Logs }
            && options.Logs.LogGroupClass is not (null or "STANDARD"))
        {
            faults.Add("Logs:LogGroupClass", options.Logs.LogGroupClass,
                $"must be STANDARD when {Format}:Target is Logs, because CloudWatch extracts metrics only from log groups of this class");
        }

        if (options.AuditTrail.LogGroup is { } group && group == options.Logs.LogGroup)
        {
            faults.Add("AuditTrail:LogGroup", group, "must not be the log group that the logs use");
        }
    }
}
