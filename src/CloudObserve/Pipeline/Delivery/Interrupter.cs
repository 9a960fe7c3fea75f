using CloudObserve.Diagnostics;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Interrupts the pauses and requests of shipments.</summary>
/// <threadsafety>Guarded by the lock of <see cref="DeliveryQueue"/>, except for <see cref="Cancel"/>, which is called outside the
/// lock.</threadsafety>
internal sealed class Interrupter(IDiagnosticEvents events)
{
    /// <summary>Gets a task that completes when the interruptions sent so far have been delivered.</summary>
    internal Task Arrived { get; private set; } = Task.CompletedTask;

    /// <param name="interrupters">The sources to cancel.</param>
    /// <param name="onOwnThread">Whether the interruptions must be delivered even if the thread pool has no free thread.</param>
    internal void Send_NeedsLock(List<CancellationTokenSource> interrupters, bool onOwnThread = false)
    {
        if (interrupters.Count == 0)
        {
            return;
        }

        // Cancellation runs its callbacks synchronously, so it must not run under the lock or on the thread of a caller that only enqueues.
        Task arrived = onOwnThread
            ? BackgroundLoop.StartThread(() => interrupters.ForEach(Cancel))
            : BackgroundLoop.Start(() =>
            {
                interrupters.ForEach(Cancel);
                return Task.CompletedTask;
            });
        Arrived = Arrived.IsCompleted ? arrived : Task.WhenAll(Arrived, arrived);
    }

    internal void Cancel(CancellationTokenSource interrupter)
    {
        try
        {
            interrupter.Cancel();
        }
        catch (AggregateException exception)
        {
            // A callback registered by a sink or a host's strategy threw. All callbacks of this source have been called; the other
            // shipments must still be interrupted.
            events.InternalError(nameof(DeliveryQueue), exception);
        }
    }
}
