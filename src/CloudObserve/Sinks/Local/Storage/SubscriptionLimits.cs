namespace CloudObserve.Sinks.Local.Storage;

/// <summary>The limits of the items that wait in a subscription.</summary>
/// <param name="MaxItems">The maximum number of items.</param>
/// <param name="MaxBytes">The maximum number of bytes.</param>
internal readonly record struct SubscriptionLimits(int MaxItems, long MaxBytes);
