namespace CloudObserve.Benchmarks.Logs;

/// <summary>Represents a request as an SDK models it.</summary>
internal sealed record PutLogEventsGraph(string LogGroupName, string LogStreamName, List<LogEventGraph> LogEvents);
