namespace CloudObserve.Pipeline.Delivery;

/// <summary>Tells what was meant to be lost from what was not.</summary>
internal static class IntendedLosses
{
    internal static bool IsIntended(this LossReason reason) => reason is LossReason.DiscardedByFilter or LossReason.SampledOut;
}
