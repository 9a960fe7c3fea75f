namespace CloudObserve.Pipeline.Delivery;

/// <summary>A run of items that a service dropped from a batch it otherwise accepted.</summary>
/// <param name="Start">The index of the first rejected item.</param>
/// <param name="Count">How many items were rejected.</param>
/// <param name="Reason">Why they were.</param>
public readonly record struct RejectedItems(int Start, int Count, LossReason Reason);
