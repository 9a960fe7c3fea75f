namespace CloudObserve.Pipeline.Delivery;

/// <summary>A shipment that is ready for an attempt and waits for one of the requests to end.</summary>
internal sealed class SlotRequest(Shipment shipment)
{
    // Continuations run elsewhere: it is granted under the gate's lock.
    private readonly TaskCompletionSource _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Shipment Shipment { get; } = shipment;

    internal Task Granted => _granted.Task;

    internal void Grant() => _granted.SetResult();
}
