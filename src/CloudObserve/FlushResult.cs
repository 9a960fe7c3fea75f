using CloudObserve.Delivery;

namespace CloudObserve;

/// <summary>The result of a flush.</summary>
/// <param name="Completed">Whether everything accepted before the flush was delivered, stored on disk, or lost before it ended.</param>
/// <param name="Ledgers">The counts of each signal after the flush. Their <see cref="LedgerSnapshot.Spooled"/> is the part on disk, which
/// this process or a later one delivers.</param>
public sealed record FlushResult(bool Completed, IReadOnlyDictionary<string, LedgerSnapshot> Ledgers);
