using System.Collections.Concurrent;
using CloudObserve.Diagnostics;
using CloudObserve.Metrics;

namespace CloudObserve.Audit;

/// <summary>Turns the events of the audit trail into log messages, health, instruments and metrics.</summary>
/// <param name="events">Receives messages and health changes.</param>
/// <param name="instruments">The audit trail's instruments.</param>
/// <param name="metrics">Publishes metrics; <see langword="null"/> when audit metrics are switched off.</param>
/// <param name="directory">The trail's directory.</param>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class AuditObserver(IDiagnosticEvents events, AuditInstruments instruments, IMetricPublisher? metrics, string directory)
    : IAuditObserver
{
    private const string Storage = "Storage";
    private const string ErrorCode = "ErrorCode";

    // Operations that failed and have not succeeded since. Almost always empty.
    private readonly ConcurrentDictionary<string, Exception> _interrupted = new();

    public void Recorded(string? errorCode)
    {
        metrics?.Put("AuditRecords", 1, MetricUnit.Count);
        if (errorCode is not null)
        {
            Measure(errorCode, instruments.Failed);
            metrics?.Put("AuditFailures", 1, MetricUnit.Count, new MetricDimension(ErrorCode, errorCode));
        }
    }

    public void Committed(int records, TimeSpan duration, TimeSpan oldestAge)
    {
        if (records == 0)
        {
            // Callers only waited for records that an earlier commit had written; this commit wrote nothing.
            return;
        }

        Measure((records, duration), m => instruments.Committed(m.records, m.duration));
        metrics?.Put("AuditFlushTime", duration.TotalMilliseconds, MetricUnit.Milliseconds);
        metrics?.Put("AuditOldestRecordAge", oldestAge.TotalMilliseconds, MetricUnit.Milliseconds);
    }

    public void Interrupted(string operation, Exception exception)
    {
        _interrupted[operation] = exception;
        events.AttemptFailed(new FailedAttempt(
            AuditSignal.SignalName, operation, directory, Storage, exception.GetType().Name, exception.Message));
    }

    public void Succeeded(string operation)
    {
        if (_interrupted.TryRemove(operation, out _))
        {
            events.BatchDelivered(new DeliveredBatch(AuditSignal.SignalName, operation, directory, 0, 0, TimeSpan.Zero));
        }
    }

    public void Behind(string destination, long undelivered, TimeSpan oldestAge)
    {
        MetricDimension to = new("Destination", destination);
        metrics?.Put("AuditUndelivered", undelivered, MetricUnit.Count, to);
        metrics?.Put("AuditUndeliveredAge", oldestAge.TotalSeconds, MetricUnit.Seconds, to);
    }

    public void HandlerFailed(string handler, Exception exception) => events.InternalError(handler, exception);

    public void Noticed(string notice) => events.Noticed(AuditMessages.TrailNoticed(notice));

    // Instruments call listeners of the application. An exception from a listener must not stop the committer, because every writer waits
    // for it.
    private void Measure<T>(T value, Action<T> measure)
    {
        try
        {
            measure(value);
        }
        catch (Exception exception)
        {
            events.InternalError(nameof(AuditObserver), exception);
        }
    }
}
