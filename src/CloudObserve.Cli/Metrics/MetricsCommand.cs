using System.CommandLine;

namespace CloudObserve.Cli.Metrics;

/// <summary>Defines <c>cloudobserve metrics</c>, the commands for metrics in files.</summary>
internal static class MetricsCommand
{
    internal static Command Create() => new("metrics", "Calculates with metrics from CSV files, and finds anomalies in them.")
    {
        MetricsMathCommand.Create(),
        MetricsAnomaliesCommand.Create(),
    };
}
