using CloudObserve.Diagnostics;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Interrupts the pauses and requests of shipments.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class Interrupter(IDiagnosticEvents events)
{
    private readonly Lock _lock = new();

    // Guarded by the lock.
    private Task _arrived = Task.CompletedTask;

    /// <summary>Gets a task that completes when the interruptions sent so far have been delivered.</summary>
    /// <remarks>The timers that they cancel are disposed of only then.</remarks>
    internal Task Arrived
    {
        get
        {
            using Lock.Scope held = _lock.EnterScope();
            return _arrived;
        }
    }

    /// <summary>Cancels sources in the background.</summary>
    /// <param name="interrupters">The sources to cancel.</param>
    /// <param name="onOwnThread">Whether the interruptions must be delivered even if the thread pool has no free thread.</param>
    /// <remarks>
    /// Cancellation runs its callbacks synchronously, so it must not run under the lock of the queue or on the thread of a caller that only
    /// enqueues. May be called under that lock.
    /// </remarks>
    internal void Send(List<CancellationTokenSource> interrupters, bool onOwnThread = false)
    {
        if (interrupters.Count == 0)
        {
            return;
        }

        Task arrived = onOwnThread
            ? BackgroundLoop.StartThread(() => interrupters.ForEach(Cancel))
            : BackgroundLoop.Start(() =>
            {
                interrupters.ForEach(Cancel);
                return Task.CompletedTask;
            });
        using Lock.Scope held = _lock.EnterScope();
        _arrived = _arrived.IsCompleted ? arrived : Task.WhenAll(_arrived, arrived);
    }

    /// <summary>Cancels a source on the calling thread.</summary>
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
            events.InternalError(nameof(Interrupter), exception);
        }
    }
}
