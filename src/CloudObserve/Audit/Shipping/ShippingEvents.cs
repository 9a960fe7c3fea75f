using CloudObserve.Delivery;
using CloudObserve.Diagnostics;

namespace CloudObserve.Audit.Shipping;

/// <summary>
/// Forwards the delivery events of shipped records, except temporary losses: such records are on disk and will be shipped again.
/// </summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class ShippingEvents(IDiagnosticEvents events) : IDiagnosticEvents
{
    private static readonly HashSet<LossReason> Transient =
    [
        LossReason.BufferFull, LossReason.TooOld, LossReason.TooNew, LossReason.RetriesExhausted, LossReason.ShutdownDeadline,
        LossReason.Closed,
    ];

    private static readonly HashSet<string> TransientNames = [.. Transient.Select(static reason => reason.Name)];

    /// <summary>Gets or sets the callback for a failed attempt.</summary>
    /// <remarks>It must be set once, before the first delivery.</remarks>
    internal Action? Failing { get; set; }

    internal static bool IsTransient(LossReason reason) => Transient.Contains(reason);

    public void BatchDelivered(in DeliveredBatch batch) => events.BatchDelivered(batch);

    public void AttemptFailed(FailedAttempt attempt)
    {
        events.AttemptFailed(attempt);
        Failing?.Invoke();
    }

    public void BatchSplit(SplitBatch batch) => events.BatchSplit(batch);

    public void DataLost(DataLoss loss)
    {
        if (!TransientNames.Contains(loss.Reason))
        {
            events.DataLost(loss);
        }
    }

    public void MisuseFound(Misuse misuse) => events.MisuseFound(misuse);

    public void InputChanged(InputChange change) => events.InputChanged(change);

    public void CallbackFailed(FailedCallback callback) => events.CallbackFailed(callback);

    public void BodySent(string operation, long bytesBefore, long bytesAfter) => events.BodySent(operation, bytesBefore, bytesAfter);

    public void SetupIncomplete(string resource, string operation, string code, string message) =>
        events.SetupIncomplete(resource, operation, code, message);

    public void DirectoryOpenToOthers(string directory, string rights) => events.DirectoryOpenToOthers(directory, rights);

    public void Noticed(Notice notice) => events.Noticed(notice);

    public void InternalError(string where, Exception exception) => events.InternalError(where, exception);
}
