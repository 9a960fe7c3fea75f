using CloudObserve.Delivery;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Distinguishes intended losses from unintended ones.</summary>
internal static class IntendedLosses
{
    internal static bool IsIntended(this LossReason reason) => reason is LossReason.DiscardedByFilter or LossReason.SampledOut;
}
