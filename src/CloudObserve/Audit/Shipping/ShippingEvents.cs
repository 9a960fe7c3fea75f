using CloudObserve.Delivery;
using CloudObserve.Diagnostics;

namespace CloudObserve.Audit.Shipping;

/// <summary>
/// Forwards the delivery events of shipped records, except temporary losses: such records are on disk and will be shipped again.
/// </summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class ShippingEvents(IDiagnosticEvents events) : IDiagnosticEvents
{
    private static readonly HashSet<string> Transient =
        [.. Enum.GetValues<LossReason>().Where(IsTransient).Select(static reason => reason.ToString())];

    /// <summary>Gets or sets the callback for a failed attempt.</summary>
    /// <remarks>It must be set once, before the first delivery.</remarks>
    internal Action? Failing { get; set; }

    internal static bool IsTransient(LossReason reason) => reason is LossReason.BufferFull or LossReason.TooOld or LossReason.TooNew
        or LossReason.RetriesExhausted or LossReason.ShutdownDeadline or LossReason.Closed;

    public void BatchDelivered(string signal, string operation, string destination, long items, long bytes, TimeSpan latency) =>
        events.BatchDelivered(signal, operation, destination, items, bytes, latency);

    public void BatchRetrying(
        string signal, string operation, string destination, string errorClass, string code, string message, int attempt, TimeSpan pause)
    {
        events.BatchRetrying(signal, operation, destination, errorClass, code, message, attempt, pause);
        Failing?.Invoke();
    }

    public void BatchSplit(string signal, string operation, string destination, int items, string code, string message) =>
        events.BatchSplit(signal, operation, destination, items, code, message);

    public void DataLost(string signal, string reason, long count, string detail)
    {
        if (!Transient.Contains(reason))
        {
            events.DataLost(signal, reason, count, detail);
        }
    }

    public void MisuseFound(string signal, string reason, string subject, string rule) => events.MisuseFound(signal, reason, subject, rule);

    public void InputChanged(string signal, string cause, string subject, string change, long count) =>
        events.InputChanged(signal, cause, subject, change, count);

    public void CallbackFailed(string signal, string reason, string instrument, string problem, Exception? exception) =>
        events.CallbackFailed(signal, reason, instrument, problem, exception);

    public void SettingUnused(string signal, string setting, string problem) => events.SettingUnused(signal, setting, problem);

    public void BodySent(string operation, long bytesBefore, long bytesAfter) => events.BodySent(operation, bytesBefore, bytesAfter);

    public void SetupIncomplete(string resource, string operation, string code, string message) =>
        events.SetupIncomplete(resource, operation, code, message);

    public void DirectoryOpenToOthers(string directory, string rights) => events.DirectoryOpenToOthers(directory, rights);

    public void TrailNoticed(string notice) => events.TrailNoticed(notice);

    public void LocalFilesRead(string directory, long batches, long refused, long bytes, TimeSpan duration) =>
        events.LocalFilesRead(directory, batches, refused, bytes, duration);

    public void LocalFilesNoticed(string directory, string problem) => events.LocalFilesNoticed(directory, problem);

    public void InternalError(string where, Exception exception) => events.InternalError(where, exception);
}
