using CloudObserve.Diagnostics;
using CloudObserve.Logs.Routing;
using CloudObserve.Metrics;

namespace CloudObserve.Hosting;

/// <summary>Validates the options of the embedded metric format.</summary>
internal static class EmbeddedMetricFormatChecks
{
    private const string Key = "Metrics:EmbeddedMetricFormat";

    internal static void Check(OptionFaults faults, CloudObserveOptions options)
    {
        if (options.Metrics.EmbeddedMetricFormat is not { } format)
        {
            return;
        }

        faults.Defined($"{Key}:Target", format.Target);
        faults.Range($"{Key}:MaxSamplesPerSeries", format.MaxSamplesPerSeries, 100, 10_000_000);
        faults.Rule($"{Key}:LogGroup", format.LogGroup, format.LogGroup is null ? null : LogRules.CheckLogGroup(format.LogGroup));
        faults.Rule($"{Key}:LogStream", format.LogStream, LogRules.CheckLogStream(format.LogStream));
        foreach (string name in options.Metrics.DefaultDimensions.Keys)
        {
            faults.Rule($"Metrics:DefaultDimensions:{name}", name, EmbeddedMetricRules.CheckDimensionName(name));
        }

        if (format.Target == EmbeddedMetricTarget.Logs && options.Logs.LogGroupClass is not (null or "STANDARD"))
        {
            faults.Add("Logs:LogGroupClass", options.Logs.LogGroupClass,
                $"must be STANDARD when {Key}:Target is Logs, because CloudWatch extracts metrics only from log groups of this class");
        }
    }
}
