namespace CloudObserve.Delivery;

/// <summary>Consecutive items that a service dropped from a batch it otherwise accepted.</summary>
/// <param name="Start">The index of the first rejected item.</param>
/// <param name="Count">The number of rejected items.</param>
/// <param name="Reason">The reason for the rejection.</param>
public readonly record struct RejectedItems(int Start, int Count, LossReason Reason);
