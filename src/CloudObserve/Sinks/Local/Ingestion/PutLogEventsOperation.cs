using CloudObserve.Delivery;
using CloudObserve.Sinks.Local.Ingestion.EmbeddedMetrics;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Handles <c>PutLogEvents</c>. A missing group or stream is created, as the CloudWatch sink creates it.</summary>
/// <threadsafety>Safe for concurrent use: parsing and checking share no state, and each store locks for the one step that
/// applies.</threadsafety>
internal sealed class PutLogEventsOperation(
    LogStore logs, MetricStore metrics, MetricFilterStore filters, Func<string, LogGroupSettings> settings) : ILocalOperation
{
    public SendResult Apply(ReadOnlySpan<byte> body, Arrival arrival)
    {
        PutLogEventsBody request = PutLogEventsReader.Read(body);
        LogNameRules.CheckGroup(request.LogGroupName, "logGroupName");
        LogNameRules.CheckStream(request.LogStreamName, "logStreamName");
        NewLogEvent[] events = LogEventRules.Check(request.LogEvents);
        string group = request.LogGroupName!;

        // Called before anything is locked, because it is not the library's code. An existing group keeps its retention.
        LogGroupSettings wanted = settings(group);
        int? retention = logs.RetentionOf(group, wanted.RetentionInDays);
        RejectedLogEvents rejected = LogEventRules.FindRejected(events, arrival.Time, retention);
        ReadOnlySpan<NewLogEvent> valid = events.AsSpan(rejected.Kept(events.Length));
        LogEventRules.CheckSpan(valid);
        logs.Add(group, request.LogStreamName!, retention, valid, arrival);
        if (!valid.IsEmpty)
        {
            metrics.Apply(MetricsOf(group, wanted, valid, arrival.Time), arrival);
            filters.See(group, valid, arrival);
        }

        return rejected.ToResult(events.Length);
    }

    private static List<Observation> MetricsOf(string group, LogGroupSettings wanted, ReadOnlySpan<NewLogEvent> events, DateTimeOffset now)
    {
        EmbeddedMetricExtractor extractor = new(now);

        // CloudWatch Logs: metrics are not extracted from groups of the other classes.
        if (wanted.Class is null or "STANDARD")
        {
            foreach (NewLogEvent each in events)
            {
                _ = extractor.Extract(each.Message);
            }
        }

        return [.. LogMetrics.Of(group, events, extractor, now), .. extractor.Found];
    }
}
