namespace CloudObserve.Pipeline.Delivery;

/// <summary>The shipments of one destination, in order. A failing destination delays its own lane only.</summary>
/// <threadsafety>Guarded by the lock of <see cref="DeliveryQueue"/>.</threadsafety>
internal sealed class DeliveryLane
{
    internal Queue<Shipment> Queued { get; } = new();

    /// <summary>Gets the shipments that have begun and not ended. Their number is limited by the window.</summary>
    internal List<Shipment> Begun { get; } = [];

    /// <summary>Gets or sets a value indicating whether the whole window is pausing, so that the next success means recovery.</summary>
    internal bool Stalled { get; set; }

    /// <summary>Gets or sets a value indicating whether the last attempt failed with a transient error.</summary>
    internal bool IsFailing { get; set; }

    internal bool IsEmpty => Queued.Count == 0 && Begun.Count == 0;
}
