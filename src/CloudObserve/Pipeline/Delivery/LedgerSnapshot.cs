namespace CloudObserve.Pipeline.Delivery;

/// <summary>The books of one signal at one moment. Always <c>Accepted = Delivered + the sum of Lost + InFlight</c>.</summary>
/// <param name="Accepted">What the application handed in, including what had to be refused.</param>
/// <param name="Delivered">What the destination confirmed.</param>
/// <param name="Lost">What will never arrive, by reason; reasons without a loss are absent.</param>
/// <param name="InFlight">What is neither delivered nor lost yet: buffered, waiting, spooled or being sent.</param>
public sealed record LedgerSnapshot(long Accepted, long Delivered, IReadOnlyDictionary<LossReason, long> Lost, long InFlight)
{
    /// <summary>Gets how much of <see cref="InFlight"/> lies on disk, where a later process finds it.</summary>
    public long Spooled { get; init; }

    /// <summary>Gets the sum of <see cref="Lost"/> over all reasons.</summary>
    public long TotalLost => Lost.Values.Sum();
}
