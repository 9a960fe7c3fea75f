using CloudObserve.Delivery;
using CloudObserve.Diagnostics;

namespace CloudObserve.Audit.Shipping;

/// <summary>
/// Forwards the delivery events of shipped records, except temporary losses: such records are on disk and will be shipped again.
/// </summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class ShippingEvents(IDiagnosticEvents events) : ForwardingEvents(events)
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

    public override void AttemptFailed(FailedAttempt attempt)
    {
        base.AttemptFailed(attempt);
        Failing?.Invoke();
    }

    public override void DataLost(DataLoss loss)
    {
        if (!TransientNames.Contains(loss.Reason))
        {
            base.DataLost(loss);
        }
    }
}
