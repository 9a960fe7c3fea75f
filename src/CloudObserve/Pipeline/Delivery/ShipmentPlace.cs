namespace CloudObserve.Pipeline.Delivery;

/// <summary>The state of a shipment in the delivery queue.</summary>
/// <threadsafety>Guarded by the lock of <see cref="DeliveryQueue"/>.</threadsafety>
/// <param name="run">The state of the same shipment's delivery.</param>
internal sealed class ShipmentPlace(ShipmentRun run)
{
    internal DeliveryLane? Lane { get; set; }

    internal long Sequence { get; set; }

    internal ShipmentState State { get; set; }

    /// <summary>Gets or sets the bytes that currently count against the buffer for this shipment.</summary>
    internal long WaitingBytes { get; set; }

    /// <summary>Gets or sets the size in bytes at the time the shipment was added.</summary>
    internal long OutstandingBytes { get; set; }

    /// <summary>Gets or sets a value indicating whether the slot it was started with is still unused.</summary>
    internal bool HasReservedSlot { get; set; }

    /// <summary>Gets or sets the number of running attempts. A host's own pipeline may hedge, so more than one is possible.</summary>
    internal int ActiveAttempts { get; set; }

    /// <summary>Gets the reason for an interruption of the shipment, if there is one.</summary>
    internal Interruption Interruption { get; private set; }

    /// <summary>
    /// Gets or sets the current pause; <see cref="TimeSpan.MaxValue"/> until it is computed, or if a host's own pipeline determines it.
    /// </summary>
    /// <remarks>
    /// Set under the lock when a pause begins, and by the shipment's own flow once the pause is known. A flush that reads the earlier value
    /// takes the pause for a long one and cuts it short, which is harmless.
    /// </remarks>
    internal TimeSpan Pause { get; set; } = TimeSpan.MaxValue;

    /// <summary>Records the reason for an interruption.</summary>
    /// <returns>The source to cancel outside the lock. It belongs to this run of the shipment, so a late cancellation does not affect the
    /// next run.</returns>
    internal CancellationTokenSource Interrupt(Interruption why)
    {
        Interruption = why > Interruption ? why : Interruption;
        return run.InterruptSource;
    }

    /// <summary>Prepares the shipment for its next run.</summary>
    internal void Renew()
    {
        Interruption = Interruption.None;
        run.Renew();
    }
}
