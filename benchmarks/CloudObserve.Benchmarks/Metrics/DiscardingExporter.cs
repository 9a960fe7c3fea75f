using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace CloudObserve.Benchmarks.Metrics;

/// <summary>Receives OpenTelemetry's aggregated data and drops it.</summary>
internal sealed class DiscardingExporter : BaseExporter<Metric>
{
    public override ExportResult Export(in Batch<Metric> batch)
    {
        foreach (Metric metric in batch)
        {
            foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
            {
                _ = point.EndTime;
            }
        }

        return ExportResult.Success;
    }
}
