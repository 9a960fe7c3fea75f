using System.Collections.Concurrent;
using CloudObserve.Audit;
using CloudObserve.Diagnostics;
using CloudObserve.Metrics;

namespace CloudObserve.Hosting;

/// <summary>Makes messages, health, instruments and metrics of what the audit trail tells.</summary>
/// <param name="events">For messages and health.</param>
/// <param name="instruments">The trail's own instruments.</param>
/// <param name="metrics">Publishes metrics, unless that is switched off.</param>
/// <param name="directory">The trail's directory.</param>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class AuditObserver(IDiagnosticEvents events, AuditInstruments instruments, IMetricPublisher? metrics, string directory) : IAuditObserver
{
    private const string Storage = "Storage";
    private const string ErrorCode = "ErrorCode";

    // What has failed and not succeeded since. Almost always empty.
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
            // Somebody only waited for those before: nothing was written.
            return;
        }

        Measure((records, duration), m => instruments.Committed(m.records, m.duration));
        metrics?.Put("AuditFlushTime", duration.TotalMilliseconds, MetricUnit.Milliseconds);
        metrics?.Put("AuditOldestRecordAge", oldestAge.TotalMilliseconds, MetricUnit.Milliseconds);
    }

    public void Interrupted(string operation, Exception why)
    {
        _interrupted[operation] = why;
        events.BatchRetrying(AuditComposition.SignalName, operation, directory, Storage, why.GetType().Name, why.Message, 1, TimeSpan.Zero);
    }

    public void Succeeded(string operation)
    {
        if (_interrupted.TryRemove(operation, out _))
        {
            events.BatchDelivered(AuditComposition.SignalName, operation, directory, 0, 0, TimeSpan.Zero);
        }
    }

    public void Behind(string destination, long undelivered, TimeSpan oldestAge)
    {
        MetricDimension to = new("Destination", destination);
        metrics?.Put("AuditUndelivered", undelivered, MetricUnit.Count, to);
        metrics?.Put("AuditUndeliveredAge", oldestAge.TotalSeconds, MetricUnit.Seconds, to);
    }

    public void HandlerFailed(string handler, Exception why) => events.InternalError(handler, why);

    public void Noticed(string notice) => events.TrailNoticed(notice);

    // Instruments call listeners of the application. One that throws must not stop the committer, for which every writer waits.
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
