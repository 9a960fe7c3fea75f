using System.Collections.Concurrent;
using CloudObserve.Diagnostics;

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

    internal ConcurrentQueue<(string Setting, string Problem)> Unused { get; } = new();

    internal ConcurrentQueue<string> Incomplete { get; } = new();

    internal ConcurrentQueue<(string Directory, string Rights)> OpenDirectories { get; } = new();

    internal ConcurrentQueue<(string Directory, long Batches, long Refused)> FilesRead { get; } = new();

    internal ConcurrentQueue<string> FileNotices { get; } = new();

    internal ConcurrentQueue<Exception> Errors { get; } = new();

    public void BatchDelivered(string signal, string operation, string destination, long items, long bytes, TimeSpan latency) =>
        Delivered.Enqueue((destination, items, latency));

    public void BatchRetrying(
        string signal, string operation, string destination, string errorClass, string code, string message, int attempt, TimeSpan pause) =>
        Retries.Enqueue((errorClass, code, attempt, pause));

    public void BatchSplit(string signal, string operation, string destination, int items, string code, string message) =>
        Splits.Enqueue(items);

    public void DataLost(string signal, string reason, long count, string detail) => Losses.Enqueue((reason, count, detail));

    public void MisuseFound(string signal, string reason, string subject, string rule) => Misuses.Enqueue((reason, subject, rule));

    public void InputChanged(string signal, string cause, string subject, string change, long count) =>
        Changes.Enqueue((cause, subject, change, count));

    public void CallbackFailed(string signal, string reason, string instrument, string problem, Exception? exception) =>
        Callbacks.Enqueue((reason, instrument, problem, exception));

    public void SettingUnused(string signal, string setting, string problem) => Unused.Enqueue((setting, problem));

    public void BodySent(string operation, long bytesBefore, long bytesAfter)
    {
    }

    public void SetupIncomplete(string resource, string operation, string code, string message) =>
        Incomplete.Enqueue($"{resource}: {operation}: {code}: {message}");

    public void DirectoryOpenToOthers(string directory, string rights) => OpenDirectories.Enqueue((directory, rights));

    public void TrailNoticed(string notice)
    {
    }

    public void LocalFilesRead(string directory, long batches, long refused, long bytes, TimeSpan duration) =>
        FilesRead.Enqueue((directory, batches, refused));

    public void LocalFilesNoticed(string directory, string problem) => FileNotices.Enqueue(problem);

    public void InternalError(string where, Exception exception) => Errors.Enqueue(exception);
}
