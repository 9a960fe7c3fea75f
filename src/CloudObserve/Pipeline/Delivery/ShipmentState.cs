namespace CloudObserve.Pipeline.Delivery;

/// <summary>Where a shipment stands. In the first three it waits: its bytes count against the buffer and it may be evicted.</summary>
internal enum ShipmentState
{
    /// <summary>In its lane's queue, not begun.</summary>
    Queued = 0,

    /// <summary>Between two attempts.</summary>
    Pausing,

    /// <summary>Ready for an attempt, but all requests are taken.</summary>
    AwaitingSlot,

    /// <summary>A request is under way, or about to be.</summary>
    Attempting,

    /// <summary>Its fate is being booked.</summary>
    Settling,
}
