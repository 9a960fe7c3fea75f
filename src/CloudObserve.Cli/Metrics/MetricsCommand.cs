using System.CommandLine;

namespace CloudObserve.Cli.Metrics;

/// <summary>Defines <c>cloudobserve metrics</c>, the commands for metrics in files.</summary>
internal static class MetricsCommand
{
    internal static Command Create() => new("metrics", "Finds anomalies in metrics from CSV files.")
    {
        MetricsAnomaliesCommand.Create(),
    };
}
