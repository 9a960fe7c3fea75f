namespace CloudObserve.Delivery;

/// <summary>The counts of one signal at one moment.</summary>
/// <param name="Accepted">The number of items the application passed in, including refused ones.</param>
/// <param name="Delivered">The number of items the destination confirmed.</param>
/// <param name="Lost">The number of items that will never arrive, by reason. Reasons without a loss are absent.</param>
/// <param name="InFlight">The number of items neither delivered nor lost: buffered, waiting, spooled or being sent.</param>
/// <remarks>Always <c>Accepted = Delivered + the sum of Lost + InFlight</c>.</remarks>
public sealed record LedgerSnapshot(long Accepted, long Delivered, IReadOnlyDictionary<LossReason, long> Lost, long InFlight)
{
    /// <summary>Gets the part of <see cref="InFlight"/> that is stored on disk, where a later process finds it.</summary>
    public long Spooled { get; init; }

    /// <summary>Gets the sum of <see cref="Lost"/> over all reasons.</summary>
    public long TotalLost => Lost.Values.Sum();
}
