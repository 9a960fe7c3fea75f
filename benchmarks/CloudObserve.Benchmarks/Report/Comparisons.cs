namespace CloudObserve.Benchmarks.Report;

/// <summary>The promises of the library's speed, in the order they are shown.</summary>
internal static class Comparisons
{
    internal static readonly Comparison[] All =
    [
        new("`Put` on a bound series", "`Interlocked.Increment`", "metrics", "BoundPut", "Put", ["InterlockedIncrement"], 3),
        new("`Put` with 3 dimensions, a count", "OpenTelemetry `Counter.Add`", "metrics", "CounterLookup", "Put", ["OpenTelemetry"], 0.5),
        new("`Put` with 3 dimensions, a distribution", "OpenTelemetry `Histogram.Record`", "metrics", "DistributionLookup", "Put", ["OpenTelemetry"], 0.4),
        new("A record through the ring", "bounded `Channel`", "pipeline", "RingBenchmarks", "Ring", ["BoundedChannel"], 0.2),
        new("A record through the ring", "`ConcurrentQueue`", "pipeline", "RingBenchmarks", "Ring", ["UnboundedConcurrentQueue"], 1),
        new("A record through the ring", "best of `BlockingCollection`, Dataflow, OpenTelemetry's batch processor", "pipeline", "RingBenchmarks", "Ring", ["BlockingCollection", "DataflowBatchBlock", "OpenTelemetryBatchProcessor"], 1),
        new("A log call, its caller's cost", "best of OpenTelemetry, NLog, Serilog", "logs", "CallerCost", "CloudObserve", ["OpenTelemetry", "NLog", "Serilog"], 0.8),
        new("A log event, from call to wire body", "best of the same, to lines of JSON", "logs", "WholeWay", "CloudObserve", ["OpenTelemetry", "NLog", "Serilog"], 0.5),
        new("Log events into request bodies", "System.Text.Json on objects", "logs", "WireBodies", "Assembler", ["ObjectGraph"], 1.0 / 3),
        new("Filter: one term, on UTF-8", "compiled `Regex`", "filters", "FilterBenchmarks", "Term", ["TermRegexDecoding"], 1.0 / 3),
        new("Filter: three terms, on UTF-8", "compiled `Regex`", "filters", "FilterBenchmarks", "Terms", ["TermsRegexDecoding"], 1.0 / 3),
        new("Filter: fields, on UTF-8", "compiled `Regex`", "filters", "FilterBenchmarks", "Fields", ["FieldsRegexDecoding"], 1.0 / 3),
        new("Filter: JSON selectors", "`JsonDocument`", "filters", "FilterBenchmarks", "Selectors", ["SelectorsJsonDocument"], 1.0 / 3),
        new("50 filters of terms", "one", "filters", "FilterBenchmarks", "FiftyTerms", ["OneOfTerms"], 10),
        new("50 filters of fields", "one", "filters", "FilterBenchmarks", "FiftyFields", ["OneOfFields"], 10),
        new("50 filters of JSON selectors", "one", "filters", "FilterBenchmarks", "FiftySelectors", ["OneOfSelectors"], 10),
        new("A durable audit record, 16 writers", "one flush to disk each", "audit", "AuditRecords", "GroupCommit", ["OneFlushEach"], 1.0 / 8, "16"),
    ];
}
