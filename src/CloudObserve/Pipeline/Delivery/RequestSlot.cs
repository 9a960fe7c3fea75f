using CloudObserve.Delivery;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>A request slot that a shipment has taken for one attempt. Disposing of it returns it to the queue.</summary>
/// <threadsafety>Not safe for concurrent use. It belongs to the flow of the attempt.</threadsafety>
internal sealed class RequestSlot(DeliveryQueue queue, Shipment shipment, TimeProvider time) : IDisposable
{
    private readonly long _startedAt = time.GetTimestamp();

    /// <summary>Gets the time since the slot was taken.</summary>
    internal TimeSpan Elapsed => time.GetElapsedTime(_startedAt);

    /// <summary>Gets or sets the outcome of the attempt. It stays <see langword="null"/> if the attempt is aborted.</summary>
    internal SendResult? Result { get; set; }

    public void Dispose() => queue.ReturnSlot(shipment, Result, _startedAt);
}
