namespace CloudObserve.Pipeline.Delivery;

/// <summary>What goes to one destination, in order. A destination that fails holds up its own lane and no other.</summary>
/// <threadsafety>Guarded by the gate's lock.</threadsafety>
internal sealed class DeliveryLane
{
    internal Queue<Shipment> Queued { get; } = new();

    /// <summary>Gets the shipments that have begun and not ended; at most a window of them.</summary>
    internal List<Shipment> Begun { get; } = [];

    /// <summary>Gets or sets a value indicating whether the whole window is pausing: the destination is out, so its next success is news.</summary>
    internal bool Stalled { get; set; }

    /// <summary>Gets or sets a value indicating whether the last answer was an error that may pass.</summary>
    internal bool IsFailing { get; set; }

    internal bool IsEmpty => Queued.Count == 0 && Begun.Count == 0;
}
