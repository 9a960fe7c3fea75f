using CloudObserve.Pipeline.Delivery;

namespace CloudObserve;

/// <summary>What a flush came to.</summary>
/// <param name="Completed">Whether everything accepted before the flush was delivered or lost before it ended.</param>
/// <param name="Ledgers">The books of each signal afterwards.</param>
public sealed record FlushResult(bool Completed, IReadOnlyDictionary<string, LedgerSnapshot> Ledgers);
