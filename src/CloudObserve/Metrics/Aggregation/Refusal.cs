using CloudObserve.Delivery;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>The reason why a series cannot be provided.</summary>
/// <param name="Reason">The reason under which the loss is counted.</param>
/// <param name="Rule">The broken rule, as text.</param>
internal readonly record struct Refusal(LossReason Reason, string Rule);
