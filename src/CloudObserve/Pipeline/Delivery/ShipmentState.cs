namespace CloudObserve.Pipeline.Delivery;

/// <summary>
/// Specifies the state of a shipment. In the first three it is waiting: its bytes count against the buffer and it may be evicted.
/// </summary>
internal enum ShipmentState
{
    /// <summary>Queued in its lane, not begun.</summary>
    Queued = 0,

    /// <summary>Pausing between two attempts.</summary>
    Pausing,

    /// <summary>Ready for an attempt, but no request slot is free.</summary>
    AwaitingSlot,

    /// <summary>A request is running or about to begin.</summary>
    Attempting,

    /// <summary>Its outcome is being recorded.</summary>
    Settling,
}
