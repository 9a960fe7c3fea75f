namespace CloudObserve.Pipeline.Delivery;

/// <summary>Keeps the books of one signal: what was accepted, what was delivered, and what was lost for which reason.</summary>
/// <remarks>
/// In flight is derived (accepted - delivered - lost), never counted, so the law cannot be broken by a forgotten decrement. A stage that
/// accepts on a hot path keeps its own count and hands in a probe for it instead of paying for a shared counter. A reader sees delivered
/// and lost before accepted, so in flight is never negative.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class LossLedger(string signal, Func<long>? acceptedOnHotPath = null)
{
    private static readonly LossReason[] Reasons = Enum.GetValues<LossReason>();

    private readonly long[] _lost = new long[Reasons.Length];
    private long _accepted;
    private long _delivered;

    /// <summary>Gets the signal's name, such as <c>metrics</c>.</summary>
    internal string Signal { get; } = signal;

    /// <summary>Gets or sets what tells how much lies on disk. Set once, before the ledger is shared.</summary>
    internal Func<long>? SpooledProbe { get; set; }

    internal void Accept(long count) => Interlocked.Add(ref _accepted, count);

    internal void Deliver(long count) => Interlocked.Add(ref _delivered, count);

    internal void Lose(LossReason reason, long count) => Interlocked.Add(ref _lost[(int)reason], count);

    /// <summary>Books an item that was handed in and refused in one step.</summary>
    internal void Refuse(LossReason reason, long count = 1)
    {
        // Accepted first: a reader in between sees one more in flight, never a negative number.
        Accept(count);
        Lose(reason, count);
    }

    internal LedgerSnapshot Snapshot()
    {
        long delivered = Interlocked.Read(ref _delivered);
        Dictionary<LossReason, long> lost = [];
        long totalLost = 0;
        foreach (LossReason reason in Reasons)
        {
            long count = Interlocked.Read(ref _lost[(int)reason]);
            if (count != 0)
            {
                lost[reason] = count;
                totalLost += count;
            }
        }

        long spooled = SpooledProbe?.Invoke() ?? 0;
        long accepted = Interlocked.Read(ref _accepted) + (acceptedOnHotPath?.Invoke() ?? 0);
        long inFlight = accepted - delivered - totalLost;

        // A file is deleted after its batch, or a part of it, has been booked as delivered; it counts no longer from then on.
        return new LedgerSnapshot(accepted, delivered, lost, inFlight) { Spooled = Math.Min(spooled, inFlight) };
    }
}
