using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Pipeline;

/// <summary>One kind of telemetry with its own buffer, delivery loop and ledger.</summary>
/// <remarks>The host starts, flushes and closes signals without knowing their types.</remarks>
internal interface ISignal
{
    /// <summary>Gets the ledger, which also holds the signal's name.</summary>
    LossLedger Ledger { get; }

    /// <summary>Gets the current state of the signal's delivery.</summary>
    DeliveryGauges Gauges { get; }

    /// <summary>Gets the states that the signal reports under further names, because data leaves it in more than one way.</summary>
    IEnumerable<SignalSource> FurtherSources => [];

    /// <summary>Gets the number of the stage in which the signal is flushed and closed.</summary>
    /// <value>0 for a signal that gets its data from the application. A later stage gets data from the stages before it, so it is started
    /// before them, and flushed and closed after them.</value>
    int Stage => 0;

    /// <summary>Starts timers and loops. May be called more than once, and by several threads at the same time.</summary>
    void Start();

    /// <summary>Waits until the signal has finished the initial work that must precede a flush or a close.</summary>
    Task WhenReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Stops the input that this signal produces for other signals, such as metrics of its own, so that they can be closed.
    /// </summary>
    /// <param name="deadline">Cancelled when the host's deadline passes.</param>
    /// <remarks>The data the signal has accepted is delivered by <see cref="CloseAsync"/>.</remarks>
    Task StopSelfMetricsAsync(CancellationToken deadline) => Task.CompletedTask;

    /// <summary>
    /// Waits until everything passed in before the call has been read, and its output to other signals has arrived there.
    /// </summary>
    Task GatherAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits until everything accepted before the call is delivered or lost.</summary>
    Task FlushAsync(CancellationToken cancellationToken);

    /// <summary>Closes the signal to producers, delivers its data until the deadline, and counts the rest as lost.</summary>
    /// <param name="deadline">Cancelled when the host's deadline passes.</param>
    Task CloseAsync(CancellationToken deadline);
}
