using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>The metrics that CloudWatch Logs publishes of what it takes: a sample for each call.</summary>
/// <remarks>Their namespace is closed to applications; they go to the store past that rule, as AWS's own do.</remarks>
internal static class LogMetrics
{
    private const string Namespace = "AWS/Logs";

    // CloudWatch publishes these by the minute.
    private const int Resolution = 60;

    internal static Observation[] Of(string group, ReadOnlySpan<NewLogEvent> events, DateTimeOffset now)
    {
        long bytes = 0;
        foreach (NewLogEvent taken in events)
        {
            bytes += PutLogEventsLimits.SizeOf(taken);
        }

        Dimension[] dimensions = [("LogGroupName", group)];
        long time = now.ToUnixTimeSeconds();
        return [Observe("IncomingLogEvents", "None", events.Length), Observe("IncomingBytes", "Bytes", bytes)];

        Observation Observe(string name, string unit, long value) => new(
            new MetricIdentity(Namespace, name, dimensions), UnitNames.Find(unit)!, Resolution, Aggregate.Of(time, [new ValueCount(value, 1)]));
    }
}
