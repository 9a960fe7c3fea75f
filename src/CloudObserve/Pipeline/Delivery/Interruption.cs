namespace CloudObserve.Pipeline.Delivery;

/// <summary>Why a shipment was called out of its pause or request. A later member overrules an earlier one.</summary>
internal enum Interruption
{
    None = 0,

    /// <summary>Somebody waits, or the service is back: try again now.</summary>
    Hurry,

    /// <summary>It has waited for so long that it should lie on disk.</summary>
    Spilled,

    /// <summary>The service would no longer take it.</summary>
    TooOld,

    /// <summary>Its memory is needed for newer data.</summary>
    Evicted,

    /// <summary>The host waits no longer.</summary>
    Deadline,
}
