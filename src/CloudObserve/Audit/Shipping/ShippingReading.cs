using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Audit.Shipping;

/// <summary>How shipping stands at a moment.</summary>
/// <param name="Destination">Where to, in one word: <c>logs</c> or <c>files</c>.</param>
/// <param name="Undelivered">How many records, or files, are on the disk and not there yet.</param>
/// <param name="OldestAge">How old the oldest of them is; zero when there is none.</param>
/// <param name="Delivered">How many this process has delivered.</param>
/// <param name="Lost">How many the destination refused for ever, by reason.</param>
internal readonly record struct ShippingReading(
    string Destination, long Undelivered, TimeSpan OldestAge, long Delivered, IReadOnlyDictionary<LossReason, long> Lost)
{
    /// <summary>For a destination that refuses nothing for ever.</summary>
    internal static readonly IReadOnlyDictionary<LossReason, long> NothingLost = new Dictionary<LossReason, long>();
}
