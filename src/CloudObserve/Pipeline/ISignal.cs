using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Pipeline;

/// <summary>One kind of telemetry with its own buffer, loop and books. The host starts, flushes and closes signals without knowing them.</summary>
internal interface ISignal
{
    /// <summary>Gets the books, which also carry the signal's name.</summary>
    LossLedger Ledger { get; }

    /// <summary>Gets what the signal's delivery holds at this moment.</summary>
    DeliveryGauges Gauges { get; }

    /// <summary>Starts timers and loops. It may be called more than once, and by several threads at a time.</summary>
    void Start();

    /// <summary>Completes when the signal can be flushed or closed without harm to what it has to do first after its start.</summary>
    Task WhenReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends what makes the signal hand something to other signals, such as metrics of its own; they are closed only then. What it has accepted is delivered by <see cref="CloseAsync"/>.</summary>
    /// <param name="deadline">Cancelled when the host will wait no longer.</param>
    Task QuietenAsync(CancellationToken deadline) => Task.CompletedTask;

    /// <summary>Completes when what was handed in before the call has been read, and whatever other signals get of it has arrived there.</summary>
    Task GatherAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Completes when what was accepted before the call is delivered or lost.</summary>
    Task FlushAsync(CancellationToken cancellationToken);

    /// <summary>Closes the signal to producers, delivers what it holds until the deadline, and books the rest as lost.</summary>
    /// <param name="deadline">Cancelled when the host will wait no longer.</param>
    Task CloseAsync(CancellationToken deadline);
}
