namespace CloudObserve.Pipeline.Delivery;

/// <summary>Specifies the reason why a shipment's pause or request is interrupted. A later member overrides an earlier one.</summary>
internal enum Interruption
{
    None = 0,

    /// <summary>A caller is waiting, or the service has recovered: try again now.</summary>
    RetryNow,

    /// <summary>The shipment has waited so long that it should be stored on disk.</summary>
    Spilled,

    /// <summary>The service would no longer accept the shipment.</summary>
    TooOld,

    /// <summary>The memory is needed for newer data.</summary>
    Evicted,

    /// <summary>The host's deadline has passed.</summary>
    Deadline,
}
