using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Diagnostics;

/// <summary>Translates the pipeline's reports into log messages, instruments, health and the event source.</summary>
/// <remarks>
/// Health and the latest errors are updated on the reporting thread. Everything that calls application code (loggers, listeners) is queued
/// and runs shortly afterwards on the thread pool: see <see cref="NoticeQueue"/>. Reports may therefore be made under any lock, and nothing
/// here throws.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class DiagnosticEvents : IDiagnosticEvents, IDisposable
{
    /// <summary>The maximum number of different misuses that are logged.</summary>
    internal const int MostMisuses = 500;

    /// <summary>The interval at which the same kind of loss or fault is logged.</summary>
    internal static readonly TimeSpan RepeatInterval = TimeSpan.FromMinutes(1);

    private readonly ILogger _delivery;
    private readonly ILogger _misuse;
    private readonly ILogger _internal;
    private readonly CloudObserveMeter _meter;
    private readonly TimeProvider _time;
    private readonly Outages _outages = new();
    private readonly OnceFilter _misuses = new(MostMisuses);
    private readonly RepeatLimiter _losses = new(RepeatInterval);
    private readonly RepeatLimiter _errors = new(RepeatInterval);
    private readonly NoticeQueue _notices;

    // The loggers of the signals' own categories. They are created and used by notices only.
    private readonly ConcurrentDictionary<string, ILogger> _loggers = new();
    private readonly Func<string, ILogger> _createLogger;

    // Whether messages of the lowest level are logged. Asking a logger runs application code, so this is updated together with the notices.
    private volatile bool _isVerbose = true;

    public DiagnosticEvents(ILoggerFactory loggers, IMeterFactory? meters, TimeProvider time)
    {
        _time = time;
        _createLogger = loggers.CreateLogger;
        _delivery = loggers.CreateLogger(Log.DeliveryCategory);
        _misuse = loggers.CreateLogger(Log.MisuseCategory);
        _internal = loggers.CreateLogger(Log.InternalCategory);
        _meter = new CloudObserveMeter(meters, Sources);
        _notices = new NoticeQueue(count => _internal.NoticesDropped(count));
        Health = new DeliveryHealth(Sources, _outages, time);
    }

    /// <summary>Gets the signals that meters and health read. The composition root registers each.</summary>
    internal SignalSources Sources { get; } = new();

    internal DeliveryHealth Health { get; }

    /// <summary>Gets the scope of the host's own meters.</summary>
    internal object? MeterScope => _meter.Scope;

    /// <summary>Gets the latest errors.</summary>
    internal RecentErrors LastErrors { get; } = new();

    public void Dispose() => _meter.Dispose();

    public Task WhenSaidAsync() => _notices.WhenSaidAsync();

    public void BatchDelivered(in DeliveredBatch batch)
    {
        (string signal, string operation, string destination, _, _, TimeSpan latency) = batch;
        if (_meter.MeasuresDeliveries)
        {
            _notices.Post(() => _meter.Delivered(signal, operation, latency));
        }

        Health.Delivered(signal);
        if (_outages.Delivered(signal, operation, destination) is { } ended)
        {
            TimeSpan duration = _time.GetPassedTime() - ended.Since;
            Say(() => _delivery.DeliveryRecovered(operation, ended.Destination, duration, ended.Failures));
        }
    }

    public void AttemptFailed(FailedAttempt attempt)
    {
        (string signal, string operation, string destination, string errorClass, string code, string message) = attempt;
        _meter.Retried(signal, errorClass);
        Trace(() => CloudObserveEventSource.Log.Failed(operation, destination, errorClass, code, message));
        Remember("DeliveryInterrupted", signal, errorClass, $"{operation} to {destination}: {code}: {message}", 1);
        if (_outages.Failed(attempt, _time.GetPassedTime()))
        {
            Say(() => _delivery.DeliveryInterrupted(
                signal, operation, destination, errorClass, code, message, attempt.Hint));
        }
        else
        {
            SayInDetail(() => _delivery.AttemptFailed(
                operation, destination, attempt.Attempt, errorClass, code, message, attempt.Pause));
        }
    }

    public void BatchSplit(SplitBatch batch)
    {
        _meter.Split(batch.Signal);
        SayInDetail(() => _delivery.BatchSplit(batch.Operation, batch.Destination, batch.Items, batch.Code, batch.Message));
    }

    public void DataLost(DataLoss loss)
    {
        Trace(() => CloudObserveEventSource.Log.Lost(loss.Signal, loss.Reason, loss.Count, loss.Text));
        Health.Lost(loss.Signal, loss.Reason, loss.Detail);
        Remember("DataLost", loss.Signal, loss.Reason, loss.Detail, loss.Count);
        long unsaid = _losses.Add(loss.Signal, loss.Reason, loss.Count, _time.GetPassedTime());
        if (unsaid > 0)
        {
            Say(() => _delivery.DataLost(loss.Signal, loss.Reason, unsaid, loss.Text));
        }
        else
        {
            SayInDetail(() => _delivery.MoreDataLost(loss.Signal, loss.Reason, loss.Count, loss.Text));
        }
    }

    public void MisuseFound(Misuse misuse)
    {
        (string signal, string reason, string subject, string rule) = misuse;
        _meter.Misused(signal, reason);
        string words = $"{subject}: {misuse.PublicRule ?? rule}";
        Health.Misused(signal, reason, words);
        Remember("MisuseFound", signal, reason, words, 1);
        _ = SayOnce(reason, subject, () => _misuse.MisuseFound(signal, reason, subject, rule));
    }

    public void InputChanged(InputChange change)
    {
        _meter.InputChanged(change.Signal, change.Cause, change.Count);
        if (SayOnce(change.Cause, change.Subject, () =>
            _misuse.InputChanged(change.Signal, change.Subject, change.Cause, change.Change)))
        {
            Remember("InputChanged", change.Signal, change.Cause, $"{change.Subject}: {change.Change}", change.Count);
        }
    }

    public void CallbackFailed(FailedCallback callback)
    {
        (string signal, string reason, string instrument, string problem, Exception? exception) = callback;
        _meter.Misused(signal, reason);
        string words = $"{instrument}: {problem}";
        Health.CallbackFailed(signal, reason, words);
        Remember("CallbackFailed", signal, reason, words, 1);
        _ = SayOnce(reason, instrument, () => _misuse.CallbackFailed(exception, signal, instrument, reason, problem));
    }

    public void BodySent(string operation, long bytesBefore, long bytesAfter) => _meter.Sent(operation, bytesBefore, bytesAfter);

    public void SetupIncomplete(string resource, string operation, string code, string message)
    {
        Remember("SetupIncomplete", operation, code, $"{resource}: {message}", 1);
        Say(() => _delivery.SetupIncomplete(resource, operation, code, message));
    }

    public void DirectoryOpenToOthers(string directory, string rights)
    {
        Remember("DirectoryOpenToOthers", "directory", "OpenToOthers", $"{directory}: {rights}", 1);
        Say(() => _delivery.DirectoryOpenToOthers(directory, rights));
    }

    public void Noticed(Notice notice)
    {
        if (notice.IsError)
        {
            Remember(notice.Kind, notice.Signal, notice.Reason, notice.Message, 1);
        }

        Say(() => notice.Log(_loggers.GetOrAdd(notice.Category, _createLogger)));
    }

    public void InternalError(string where, Exception exception)
    {
        Trace(() => CloudObserveEventSource.Log.InternalError(where, exception));
        Remember("InternalErrorOccurred", where, exception.GetType().Name, "An internal error of the library. See the log for details.", 1);
        if (_errors.Add(where, exception.GetType().Name, 1, _time.GetPassedTime()) > 0)
        {
            Say(() => _internal.InternalErrorOccurred(exception, where));
        }
        else
        {
            SayInDetail(() => _internal.InternalErrorRecurred(exception, where));
        }
    }

    private bool SayOnce(string reason, string subject, Action message)
    {
        bool isNews = _misuses.IsNews(reason, subject, out bool isLast);
        if (isNews)
        {
            Say(message);
        }

        if (isLast)
        {
            Say(() => _misuse.MisuseReportingEnded(_misuses.Most));
        }

        return isNews;
    }

    private void Remember(string kind, string signal, string reason, string message, long count) =>
        LastErrors.Add(kind, signal, reason, message, count, _time.GetUtcNow());

    private void Say(Action message) => _notices.Post(() =>
    {
        _isVerbose = _delivery.IsEnabled(LogLevel.Debug) || _internal.IsEnabled(LogLevel.Debug);
        message();
    });

    // These messages may be very frequent, and are usually not logged.
    private void SayInDetail(Action message)
    {
        if (_isVerbose)
        {
            Say(message);
        }
    }

    // Listeners of the event source are application code too.
    private void Trace(Action message)
    {
        if (CloudObserveEventSource.Log.IsEnabled())
        {
            _notices.Post(message);
        }
    }
}
