namespace CloudObserve.Benchmarks.Logs;

/// <summary>Represents an event as an SDK models it.</summary>
internal sealed record LogEventGraph(long Timestamp, string Message);
