namespace CloudObserve.Benchmarks.Report;

/// <summary>Contains the speed comparisons with their targets, in the order in which README shows them.</summary>
internal static class Comparisons
{
    internal static readonly Comparison[] All =
    [
        new("`Put` on a bound series", "`Interlocked.Increment`", "metrics", "BoundPutBenchmarks", "Put", ["InterlockedIncrement"], 3),
        new("`Put` with 3 dimensions, counter", "OpenTelemetry `Counter.Add`", "metrics", "CounterLookup", "Put", ["OpenTelemetry"], 0.5),
        new(
            "`Put` with 3 dimensions, distribution",
            "OpenTelemetry `Histogram.Record`",
            "metrics", "DistributionLookup", "Put", ["OpenTelemetry"], 0.4),
        new("One record through the log buffer", "bounded `Channel`", "pipeline", "RingBenchmarks", "Ring", ["BoundedChannel"], 0.2),
        new(
            "One record through the log buffer",
            "`ConcurrentQueue`",
            "pipeline", "RingBenchmarks", "Ring", ["UnboundedConcurrentQueue"], 1),
        new(
            "One record through the log buffer",
            "fastest of `BlockingCollection`, Dataflow, OpenTelemetry's batch processor",
            "pipeline", "RingBenchmarks", "Ring", ["BlockingCollection", "DataflowBatchBlock", "OpenTelemetryBatchProcessor"], 1),
        new(
            "Log call, time on the caller's thread",
            "fastest of OpenTelemetry, NLog, Serilog",
            "logs", "CallerCost", "CloudObserve", ["OpenTelemetry", "NLog", "Serilog"], 0.8),
        new(
            "Log event, from the call to the request body",
            "fastest of OpenTelemetry, NLog, Serilog, from the call to a line of JSON",
            "logs", "WholeWay", "CloudObserve", ["OpenTelemetry", "NLog", "Serilog"], 0.5),
        new(
            "Encoding log events as request bodies",
            "`System.Text.Json` with objects",
            "logs", "WireBodies", "Assembler", ["ObjectGraph"], 1.0 / 3),
        new("Filter: one term, on UTF-8", "compiled `Regex`", "filters", "FilterBenchmarks", "Term", ["TermRegexDecoding"], 1.0 / 3),
        new("Filter: three terms, on UTF-8", "compiled `Regex`", "filters", "FilterBenchmarks", "Terms", ["TermsRegexDecoding"], 1.0 / 3),
        new("Filter: fields, on UTF-8", "compiled `Regex`", "filters", "FilterBenchmarks", "Fields", ["FieldsRegexDecoding"], 1.0 / 3),
        new("Filter: JSON selectors", "`JsonDocument`", "filters", "FilterBenchmarks", "Selectors", ["SelectorsJsonDocument"], 1.0 / 3),
        new("50 term filters together", "1 term filter", "filters", "FilterBenchmarks", "FiftyTerms", ["OneOfTerms"], 10),
        new("50 field filters together", "1 field filter", "filters", "FilterBenchmarks", "FiftyFields", ["OneOfFields"], 10),
        new("50 JSON filters together", "1 JSON filter", "filters", "FilterBenchmarks", "FiftySelectors", ["OneOfSelectors"], 10),
        new(
            "Durable audit record with 16 writers",
            "one `fsync` for each record",
            "audit", "AuditRecords", "GroupCommit", ["OneFlushEach"], 1.0 / 8, "16"),
    ];
}
