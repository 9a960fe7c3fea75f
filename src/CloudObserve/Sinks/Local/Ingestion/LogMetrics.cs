using CloudObserve.Metrics;
using CloudObserve.Sinks.Local.Ingestion.EmbeddedMetrics;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Creates the metrics that CloudWatch Logs publishes about accepted events.</summary>
/// <remarks>
/// There is a sample for each call, and one for each call with events whose embedded metrics could not be extracted. Applications cannot
/// publish to this namespace; the metrics are stored without that check, as AWS's own are.
/// </remarks>
internal static class LogMetrics
{
    private const string Namespace = "AWS/Logs";

    // CloudWatch publishes these metrics once a minute.
    private const int Resolution = 60;

    internal static List<Observation> Of(
        string group, ReadOnlySpan<NewLogEvent> events, EmbeddedMetricExtractor extractor, DateTimeOffset now)
    {
        long bytes = 0;
        foreach (NewLogEvent taken in events)
        {
            bytes += taken.CountedBytes;
        }

        MetricDimension[] dimensions = [("LogGroupName", group)];
        long time = now.ToUnixTimeSeconds();
        List<Observation> metrics = [Observe("IncomingLogEvents", "None", events.Length), Observe("IncomingBytes", "Bytes", bytes)];
        if (extractor.ParsingErrors > 0)
        {
            metrics.Add(Observe("EMFParsingErrors", "None", extractor.ParsingErrors));
        }

        if (extractor.ValidationErrors > 0)
        {
            metrics.Add(Observe("EMFValidationErrors", "None", extractor.ValidationErrors));
        }

        return metrics;

        Observation Observe(string name, string unit, long value) => new(
            new MetricIdentity(Namespace, name, dimensions), UnitNames.Find(unit)!, Resolution,
            Aggregate.Of(time, [new ValueCount(value, 1)]));
    }
}
