using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Diagnostics;

/// <summary>Translates what the pipeline reports into log messages, instruments, health, and the event source. The only place that does.</summary>
/// <remarks>Nothing here throws: a logger or listener of the application that does ends up in the event source.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class DiagnosticEvents : IDiagnosticEvents, IDisposable
{
    /// <summary>How many different misuses are told one by one.</summary>
    internal const int MostMisuses = 500;

    /// <summary>How often the same kind of loss or fault is told.</summary>
    internal static readonly TimeSpan DigestInterval = TimeSpan.FromMinutes(1);

    // Its rule quotes an exception of the application's own code, and so perhaps what was to be logged: that is for the log alone, not for health and status.
    private const string FormatterFailed = "FormatterFailed";

    private readonly ILogger _delivery;
    private readonly ILogger _misuse;
    private readonly ILogger _audit;
    private readonly ILogger _internal;
    private readonly CloudObserveMeter _meter;
    private readonly TimeProvider _time;
    private readonly Outages _outages = new();
    private readonly SaidOnce _misuses = new(MostMisuses);
    private readonly Digest _losses = new(DigestInterval);
    private readonly Digest _errors = new(DigestInterval);

    public DiagnosticEvents(ILoggerFactory loggers, IMeterFactory? meters, TimeProvider time)
    {
        _time = time;
        _delivery = loggers.CreateLogger(Log.DeliveryCategory);
        _misuse = loggers.CreateLogger(Log.MisuseCategory);
        _audit = loggers.CreateLogger(Log.AuditCategory);
        _internal = loggers.CreateLogger(Log.InternalCategory);
        _meter = new CloudObserveMeter(meters, Sources);
        Health = new DeliveryHealth(Sources, _outages, time);
    }

    /// <summary>Gets the signals that meters and health look at; whoever composes the host registers each.</summary>
    internal SignalSources Sources { get; } = new();

    internal DeliveryHealth Health { get; }

    /// <summary>Gets the scope of the host's own meters.</summary>
    internal object? MeterScope => _meter.Scope;

    /// <summary>Gets what has lately gone wrong.</summary>
    internal RecentErrors LastErrors { get; } = new();

    public void Dispose() => _meter.Dispose();

    public void BatchDelivered(string signal, string operation, string destination, long items, long bytes, TimeSpan latency) => Guard(() =>
    {
        _meter.Delivered(signal, operation, latency);
        Health.Delivered(signal);
        if (_outages.Delivered(signal, operation, destination) is { } ended)
        {
            _delivery.DeliveryRecovered(operation, ended.Destination, _time.GetUtcNow() - ended.Since, ended.Failures);
        }
    });

    public void BatchRetrying(
        string signal, string operation, string destination, string errorClass, string code, string message, int attempt, TimeSpan pause) => Guard(() =>
    {
        _meter.Retried(signal, errorClass);
        CloudObserveEventSource.Log.Failed(operation, destination, errorClass, code, message);
        Remember("DeliveryInterrupted", signal, errorClass, $"{operation} to {destination}: {code}: {message}", 1);
        if (_outages.Failed(signal, operation, destination, errorClass, code, message, _time.GetUtcNow()))
        {
            _delivery.DeliveryInterrupted(signal, operation, destination, errorClass, code, message, ErrorHint.For(errorClass, operation));
        }
        else
        {
            _delivery.AttemptFailed(operation, destination, attempt, errorClass, code, message, pause);
        }
    });

    public void BatchSplit(string signal, string operation, string destination, int items, string code, string message) => Guard(() =>
    {
        _meter.Split(signal);
        _delivery.BatchSplit(operation, destination, items, code, message);
    });

    public void DataLost(string signal, string reason, long count, string detail) => Guard(() =>
    {
        CloudObserveEventSource.Log.Lost(signal, reason, count, detail);
        string shown = LossDetail.WithoutItem(detail);
        Health.Lost(signal, reason, shown);
        Remember("DataLost", signal, reason, shown, count);
        long unsaid = _losses.Add(signal, reason, count, _time.GetUtcNow());
        if (unsaid > 0)
        {
            _delivery.DataLost(signal, reason, unsaid, detail);
        }
        else
        {
            _delivery.MoreDataLost(signal, reason, count, detail);
        }
    });

    public void MisuseFound(string signal, string reason, string subject, string rule) => Guard(() =>
    {
        _meter.Misused(signal, reason);
        string words = reason == FormatterFailed ? $"{subject}: the application's own code threw; the log says more." : $"{subject}: {rule}";
        Health.Misused(signal, reason, words);
        Remember("MisuseFound", signal, reason, words, 1);
        SayOnce(reason, subject, () => _misuse.MisuseFound(signal, reason, subject, rule));
    });

    public void InputChanged(string signal, string cause, string subject, string change, long count) => Guard(() =>
    {
        _meter.InputChanged(signal, cause, count);
        SayOnce(cause, subject, () =>
        {
            Remember("InputChanged", signal, cause, $"{subject}: {change}", count);
            _misuse.InputChanged(signal, subject, cause, change);
        });
    });

    public void CallbackFailed(string signal, string reason, string instrument, string problem, Exception? exception) => Guard(() =>
    {
        _meter.Misused(signal, reason);
        string words = $"{instrument}: {problem}";
        Health.CallbackFailed(signal, reason, words);
        Remember("CallbackFailed", signal, reason, words, 1);
        SayOnce(reason, instrument, () => _misuse.CallbackFailed(exception, signal, instrument, reason, problem));
    });

    public void BodySent(string operation, long bytesBefore, long bytesAfter) => Guard(() => _meter.Sent(operation, bytesBefore, bytesAfter));

    public void SetupIncomplete(string resource, string operation, string code, string message) =>
        Guard(() =>
        {
            Remember("SetupIncomplete", operation, code, $"{resource}: {message}", 1);
            _delivery.SetupIncomplete(resource, operation, code, message);
        });

    public void DirectoryOpenToOthers(string directory, string rights) => Guard(() =>
    {
        Remember("DirectoryOpenToOthers", "directory", "OpenToOthers", $"{directory}: {rights}", 1);
        _delivery.DirectoryOpenToOthers(directory, rights);
    });

    public void TrailNoticed(string notice) => Guard(() =>
    {
        Remember("TrailNoticed", "audit", "Notice", notice, 1);
        _audit.TrailNoticed(notice);
    });

    public void InternalError(string where, Exception exception) => Guard(() =>
    {
        CloudObserveEventSource.Log.InternalError(where, exception);
        Remember("InternalErrorOccurred", where, exception.GetType().Name, "This is a fault of the library's own. The log says more.", 1);
        if (_errors.Add(where, exception.GetType().Name, 1, _time.GetUtcNow()) > 0)
        {
            _internal.InternalErrorOccurred(exception, where);
        }
        else
        {
            _internal.InternalErrorRecurred(exception, where);
        }
    });

    private void SayOnce(string reason, string subject, Action say)
    {
        if (_misuses.IsNews(reason, subject, out bool isLast))
        {
            say();
        }

        if (isLast)
        {
            _misuse.MisuseReportingEnded(_misuses.Most);
        }
    }

    private void Remember(string kind, string signal, string reason, string message, long count) =>
        LastErrors.Add(kind, signal, reason, message, count, _time.GetUtcNow());

    private static void Guard(Action report)
    {
        try
        {
            report();
        }
        catch (Exception exception)
        {
            // A logger provider or a meter listener of the application threw. Telling it through the same way would throw again.
            CloudObserveEventSource.Log.InternalError(nameof(DiagnosticEvents), exception);
        }
    }
}
