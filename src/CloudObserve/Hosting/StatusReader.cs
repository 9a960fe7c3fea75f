using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Filters.Transformations;
using CloudObserve.LogEvents.Redaction;
using CloudObserve.Metrics;

namespace CloudObserve.Hosting;

/// <summary>Reads the state of the library.</summary>
/// <remarks>It sends nothing.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
/// <param name="text">Makes error texts safe to show.</param>
/// <param name="destination">The destination of the data in words.</param>
/// <param name="events">Has the health, the state of each signal, and the latest errors.</param>
/// <param name="metrics">Knows the number of series.</param>
/// <param name="filters">The metric filters, if logs were added.</param>
/// <param name="time">The clock.</param>
internal sealed class StatusReader(
    StatusText text,
    string destination,
    DiagnosticEvents events,
    MetricsSignal metrics,
    MetricFilterWatch? filters,
    TimeProvider time)
{
    internal CloudObserveStatus Read()
    {
        HealthVerdict verdict = events.Health.Judge();
        return new CloudObserveStatus(
            time.GetUtcNow(),
            destination,
            verdict.Status,
            [.. verdict.Reasons.Select(text.Clean)],
            [.. events.Sources.ReadAll().Select(s => SignalStatus.Of(s.Key, s.Value))],
            metrics.SeriesCount,
            filters?.Evaluator.Statuses() ?? [],
            filters?.Provisioned ?? [],
            [.. events.LastErrors.List().Select(e => e with { Message = text.Clean(e.Message) })]);
    }
}
