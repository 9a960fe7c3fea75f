using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Filters.Transformations;
using CloudObserve.LogEvents.Redaction;
using CloudObserve.Metrics;

namespace CloudObserve.Hosting;

/// <summary>Reads the state of the library.</summary>
/// <remarks>It sends nothing.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class StatusReader(
    CloudObserveOptions options,
    IBatchSink sink,
    LocalComposition local,
    DiagnosticEvents events,
    MetricsSignal metrics,
    MetricFilterWatch? filters,
    TimeProvider time)
{
    private readonly StatusText _text = new(options.Logs.Redaction);

    internal CloudObserveStatus Read()
    {
        HealthVerdict verdict = events.Health.Judge();
        return new CloudObserveStatus(
            time.GetUtcNow(),
            DestinationName.Of(sink, local.Copies is not null),
            verdict.Status,
            [.. verdict.Reasons.Select(_text.Clean)],
            [.. events.Sources.ReadAll().Select(s => SignalStatus.Of(s.Key, s.Value))],
            metrics.SeriesCount,
            filters?.Evaluator.Statuses() ?? [],
            filters?.Provisioned ?? [],
            [.. events.LastErrors.List().Select(e => e with { Message = _text.Clean(e.Message) })]);
    }
}
