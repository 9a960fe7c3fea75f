using System.Collections.Concurrent;
using CloudObserve.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Pipeline.Delivery;

/// <summary>Remembers what the pipeline reported about itself.</summary>
internal sealed class RecordingEvents : IDiagnosticEvents
{
    internal ConcurrentQueue<(string Destination, long Items, TimeSpan Latency)> Delivered { get; } = new();

    internal ConcurrentQueue<(string ErrorClass, string Code, int Attempt, TimeSpan Pause)> Retries { get; } = new();

    internal ConcurrentQueue<int> Splits { get; } = new();

    internal ConcurrentQueue<(string Reason, long Count, string Detail)> Losses { get; } = new();

    internal ConcurrentQueue<(string Reason, string Subject, string Rule)> Misuses { get; } = new();

    internal ConcurrentQueue<(string Cause, string Subject, string Change, long Count)> Changes { get; } = new();

    internal ConcurrentQueue<(string Reason, string Instrument, string Problem, Exception? Exception)> Callbacks { get; } = new();

    internal IEnumerable<(string Setting, string Problem)> Unused => Of("SettingUnused").Select(n => (n.Reason, n.Message));

    internal ConcurrentQueue<string> Incomplete { get; } = new();

    internal ConcurrentQueue<(string Directory, string Rights)> OpenDirectories { get; } = new();

    internal IEnumerable<(string Directory, long Batches, long Refused)> FilesRead => Of("LocalFilesRead").Select(ValuesOf)
        .Select(v => ((string)v["Directory"]!, (long)v["Batches"]!, (long)v["Refused"]!));

    internal IReadOnlyList<string> FileNotices => [.. Of("LocalFilesNoticed").Select(n => n.Message)];

    internal ConcurrentQueue<Notice> Notices { get; } = new();

    internal ConcurrentQueue<Exception> Errors { get; } = new();

    public void BatchDelivered(in DeliveredBatch batch) => Delivered.Enqueue((batch.Destination, batch.Items, batch.Latency));

    public void AttemptFailed(FailedAttempt attempt) =>
        Retries.Enqueue((attempt.ErrorClass, attempt.Code, attempt.Attempt, attempt.Pause));

    public void BatchSplit(SplitBatch batch) => Splits.Enqueue(batch.Items);

    public void DataLost(DataLoss loss) => Losses.Enqueue((loss.Reason, loss.Count, loss.Text));

    public void MisuseFound(Misuse misuse) => Misuses.Enqueue((misuse.Reason, misuse.Subject, misuse.Rule));

    public void InputChanged(InputChange change) => Changes.Enqueue((change.Cause, change.Subject, change.Change, change.Count));

    public void CallbackFailed(FailedCallback callback) =>
        Callbacks.Enqueue((callback.Reason, callback.Instrument, callback.Problem, callback.Exception));

    public void BodySent(string operation, long bytesBefore, long bytesAfter)
    {
    }

    public void SetupIncomplete(string resource, string operation, string code, string message) =>
        Incomplete.Enqueue($"{resource}: {operation}: {code}: {message}");

    public void DirectoryOpenToOthers(string directory, string rights) => OpenDirectories.Enqueue((directory, rights));

    public void Noticed(Notice notice) => Notices.Enqueue(notice);

    public void InternalError(string where, Exception exception) => Errors.Enqueue(exception);

    private IEnumerable<Notice> Of(string kind) => Notices.Where(n => n.Kind == kind);

    /// <summary>Writes the log message of a notice, and returns the values in it by name.</summary>
    private static Dictionary<string, object?> ValuesOf(Notice notice)
    {
        Values values = new();
        notice.Log(values);
        return values.Last;
    }

    private sealed class Values : ILogger
    {
        internal Dictionary<string, object?> Last { get; private set; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Last = new((IReadOnlyList<KeyValuePair<string, object?>>)state!);
    }
}
