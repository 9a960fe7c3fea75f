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

    // The rule quotes an exception of the application's code, and may contain logged data: it belongs in the log only, not in health and
    // status.
    private const string FormatterFailed = "FormatterFailed";

    private readonly ILogger _delivery;
    private readonly ILogger _misuse;
    private readonly ILogger _audit;
    private readonly ILogger _host;
    private readonly ILogger _internal;
    private readonly CloudObserveMeter _meter;
    private readonly TimeProvider _time;
    private readonly Outages _outages = new();
    private readonly OnceFilter _misuses = new(MostMisuses);
    private readonly RepeatLimiter _losses = new(RepeatInterval);
    private readonly RepeatLimiter _errors = new(RepeatInterval);
    private readonly NoticeQueue _notices;

    // Whether messages of the lowest level are logged. Asking a logger runs application code, so this is updated together with the notices.
    private volatile bool _isVerbose = true;

    public DiagnosticEvents(ILoggerFactory loggers, IMeterFactory? meters, TimeProvider time)
    {
        _time = time;
        _delivery = loggers.CreateLogger(Log.DeliveryCategory);
        _misuse = loggers.CreateLogger(Log.MisuseCategory);
        _audit = loggers.CreateLogger(Log.AuditCategory);
        _host = loggers.CreateLogger(Log.HostCategory);
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

    public void BatchDelivered(string signal, string operation, string destination, long items, long bytes, TimeSpan latency)
    {
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

    public void BatchRetrying(
        string signal, string operation, string destination, string errorClass, string code, string message, int attempt, TimeSpan pause)
    {
        _meter.Retried(signal, errorClass);
        Trace(() => CloudObserveEventSource.Log.Failed(operation, destination, errorClass, code, message));
        Remember("DeliveryInterrupted", signal, errorClass, $"{operation} to {destination}: {code}: {message}", 1);
        if (_outages.Failed(signal, operation, destination, errorClass, code, message, _time.GetPassedTime()))
        {
            Say(() => _delivery.DeliveryInterrupted(
                signal, operation, destination, errorClass, code, message, ErrorHint.For(errorClass, operation)));
        }
        else
        {
            SayInDetail(() => _delivery.AttemptFailed(operation, destination, attempt, errorClass, code, message, pause));
        }
    }

    public void BatchSplit(string signal, string operation, string destination, int items, string code, string message)
    {
        _meter.Split(signal);
        SayInDetail(() => _delivery.BatchSplit(operation, destination, items, code, message));
    }

    public void DataLost(string signal, string reason, long count, string detail)
    {
        Trace(() => CloudObserveEventSource.Log.Lost(signal, reason, count, detail));
        string shown = LossDetail.WithoutItem(detail);
        Health.Lost(signal, reason, shown);
        Remember("DataLost", signal, reason, shown, count);
        long unsaid = _losses.Add(signal, reason, count, _time.GetPassedTime());
        if (unsaid > 0)
        {
            Say(() => _delivery.DataLost(signal, reason, unsaid, detail));
        }
        else
        {
            SayInDetail(() => _delivery.MoreDataLost(signal, reason, count, detail));
        }
    }

    public void MisuseFound(string signal, string reason, string subject, string rule)
    {
        _meter.Misused(signal, reason);
        string words = $"{subject}: {(reason == FormatterFailed ? "the application's own code failed; see the log for details." : rule)}";
        Health.Misused(signal, reason, words);
        Remember("MisuseFound", signal, reason, words, 1);
        _ = SayOnce(reason, subject, () => _misuse.MisuseFound(signal, reason, subject, rule));
    }

    public void InputChanged(string signal, string cause, string subject, string change, long count)
    {
        _meter.InputChanged(signal, cause, count);
        if (SayOnce(cause, subject, () => _misuse.InputChanged(signal, subject, cause, change)))
        {
            Remember("InputChanged", signal, cause, $"{subject}: {change}", count);
        }
    }

    public void CallbackFailed(string signal, string reason, string instrument, string problem, Exception? exception)
    {
        _meter.Misused(signal, reason);
        string words = $"{instrument}: {problem}";
        Health.CallbackFailed(signal, reason, words);
        Remember("CallbackFailed", signal, reason, words, 1);
        _ = SayOnce(reason, instrument, () => _misuse.CallbackFailed(exception, signal, instrument, reason, problem));
    }

    public void SettingUnused(string signal, string setting, string problem)
    {
        Remember("SettingUnused", signal, setting, problem, 1);
        Say(() => _misuse.SettingUnused(setting, problem));
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

    public void TrailNoticed(string notice)
    {
        Remember("TrailNoticed", "audit", "Notice", notice, 1);
        Say(() => _audit.TrailNoticed(notice));
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

    public void LocalFilesRead(string directory, long batches, long refused, long bytes, TimeSpan duration) =>
        Say(() => _host.LocalFilesRead(directory, batches, refused, bytes, duration));

    public void LocalFilesNoticed(string directory, string problem)
    {
        Remember("LocalFilesNoticed", "local-files", "", $"{directory}: {problem}", 1);
        Say(() => _host.LocalFilesNoticed(directory, problem));
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
