using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>Why a series cannot be had.</summary>
/// <param name="Reason">What it is counted as.</param>
/// <param name="Rule">The broken rule in words.</param>
internal readonly record struct Refusal(LossReason Reason, string Rule);
