using CloudObserve.Delivery;
using CloudObserve.Diagnostics;

namespace CloudObserve.Audit.Shipping;

/// <summary>Represents the state of shipping at one moment.</summary>
/// <param name="Destination">The destination in one word: <c>logs</c> or <c>files</c>.</param>
/// <param name="Undelivered">The number of records or files on disk that have not been shipped.</param>
/// <param name="OldestAge">The age of the oldest of them; zero if there are none.</param>
/// <param name="Delivered">The number that this process has delivered.</param>
/// <param name="Lost">The number that the destination refused permanently, by reason.</param>
internal readonly record struct ShippingReading(
    string Destination, long Undelivered, TimeSpan OldestAge, long Delivered, IReadOnlyDictionary<LossReason, long> Lost)
{
    /// <summary>The value for a destination that never refuses permanently.</summary>
    internal static readonly IReadOnlyDictionary<LossReason, long> NothingLost = new Dictionary<LossReason, long>();

    // Gathering records and waiting for a slow answer take less than this. A longer delay means that shipping is lagging.
    private static readonly TimeSpan Lagging = TimeSpan.FromMinutes(5);

    /// <summary>Converts to the state of a signal.</summary>
    /// <remarks>Undelivered records are always on disk, so health is told only when the delay lasts.</remarks>
    internal SignalReading ToSignalReading() => new(
        Delivered + Lost.Values.Sum() + Undelivered,
        Delivered,
        [.. Lost.Select(static l => KeyValuePair.Create(l.Key.Name, l.Value))],
        Undelivered,
        WaitingBatches: 0,
        WaitingBytes: 0,
        Requests: 0,
        OldestAge,
        Spooled: OldestAge >= Lagging ? Undelivered : 0);
}
