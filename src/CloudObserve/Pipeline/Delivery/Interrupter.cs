using CloudObserve.Diagnostics;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Calls shipments out of their pauses and requests.</summary>
/// <threadsafety>Guarded by the gate's lock, except for <see cref="Cancel"/>, which is called outside of it.</threadsafety>
internal sealed class Interrupter(IDiagnosticEvents events)
{
    /// <summary>Gets what completes when the interruptions sent so far have arrived.</summary>
    internal Task Arrived { get; private set; } = Task.CompletedTask;

    /// <param name="interrupters">What to cancel.</param>
    /// <param name="onOwnThread">Whether it must arrive even where the thread pool has no thread left.</param>
    internal void Send_NeedsLock(List<CancellationTokenSource> interrupters, bool onOwnThread = false)
    {
        if (interrupters.Count == 0)
        {
            return;
        }

        // Cancelling runs what waits for it, on the spot: not under the lock, and not on the thread of a caller that only enqueues.
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
            // A callback that a sink or a host's strategy registered threw. The others have been called; so must the other shipments be.
            events.InternalError(nameof(DeliveryGate), exception);
        }
    }
}
