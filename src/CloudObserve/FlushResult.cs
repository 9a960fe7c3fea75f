using CloudObserve.Pipeline.Delivery;

namespace CloudObserve;

/// <summary>What a flush came to.</summary>
/// <param name="Completed">Whether everything accepted before the flush was delivered, kept on disk, or lost before it ended.</param>
/// <param name="Ledgers">The books of each signal afterwards. What lies on disk, for this process or a later one to deliver, is their <see cref="LedgerSnapshot.Spooled"/>.</param>
public sealed record FlushResult(bool Completed, IReadOnlyDictionary<string, LedgerSnapshot> Ledgers);
