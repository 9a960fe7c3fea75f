namespace CloudObserve.Pipeline.Delivery;

/// <summary>A shipment's pending request for a slot.</summary>
internal sealed class SlotWait(Shipment shipment)
{
    // Continuations run asynchronously, because the slot is granted under the delivery queue's lock.
    private readonly TaskCompletionSource _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Shipment Shipment { get; } = shipment;

    internal Task Granted => _granted.Task;

    internal void Grant() => _granted.SetResult();
}
