using CloudObserve.Diagnostics;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Keeps the books of one signal: what was accepted, what was delivered, and what was lost for which reason. A loss that is booked is told.</summary>
/// <remarks>
/// <para>In flight is derived (accepted - delivered - lost), never counted, so the law cannot be broken by a forgotten decrement. A stage that
/// accepts on a hot path keeps its own count and hands in a probe for it instead of paying for a shared counter. A reader sees delivered
/// and lost before accepted, so in flight is never negative.</para>
/// <para>There is no way to book a loss without words for it: they go to health, the log and the latest errors in the same call, or a moment later
/// for a caller on a hot path. Only what a filter was meant to keep back is not told.</para>
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
/// <param name="signal">The signal's name, such as <c>metrics</c>.</param>
/// <param name="events">Who is told of losses.</param>
/// <param name="acceptedOnHotPath">Tells how much was accepted that <see cref="Accept"/> is not called for.</param>
internal sealed class LossLedger(string signal, IDiagnosticEvents events, Func<long>? acceptedOnHotPath = null) : IThreadPoolWorkItem
{
    private static readonly LossReason[] Reasons = Enum.GetValues<LossReason>();

    private readonly long[] _lost = new long[Reasons.Length];

    // What was booked on a hot path and not told yet, and the words for the last of it.
    private readonly long[] _untold = new long[Reasons.Length];
    private readonly string?[] _words = new string?[Reasons.Length];

    private long _accepted;
    private long _delivered;

    /// <summary>Gets the signal's name, such as <c>metrics</c>.</summary>
    internal string Signal { get; } = signal;

    /// <summary>Gets or sets what tells how much lies on disk. Set once, before the ledger is shared.</summary>
    internal Func<long>? SpooledProbe { get; set; }

    internal void Accept(long count) => Interlocked.Add(ref _accepted, count);

    internal void Deliver(long count) => Interlocked.Add(ref _delivered, count);

    /// <summary>Books something that had been accepted and will never arrive, and tells it.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="count">How much.</param>
    /// <param name="detail">Which data it was, and what could be done.</param>
    internal void Lose(LossReason reason, long count, string detail)
    {
        _ = Interlocked.Add(ref _lost[(int)reason], count);
        if (count > 0 && !reason.IsIntended())
        {
            events.DataLost(Signal, reason.ToString(), count, detail);
        }
    }

    /// <summary>Books something that had been accepted and is lost because the application broke a rule, and tells it, in the log once a subject.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="count">How much.</param>
    /// <param name="subject">What broke the rule, such as the name of a metric.</param>
    /// <param name="rule">The rule.</param>
    internal void LoseToMisuse(LossReason reason, long count, string subject, string rule)
    {
        _ = Interlocked.Add(ref _lost[(int)reason], count);
        events.MisuseFound(Signal, reason.ToString(), subject, rule);
    }

    /// <summary>Books an item that was handed in and refused in one step, and tells it.</summary>
    internal void Refuse(LossReason reason, string detail)
    {
        // Accepted first: a reader in between sees one more in flight, never a negative number.
        Accept(1);
        Lose(reason, 1, detail);
    }

    /// <summary>Books an item that was refused because the application broke a rule, and tells it, in the log once a subject.</summary>
    internal void RefuseMisuse(LossReason reason, string subject, string rule)
    {
        Accept(1);
        LoseToMisuse(reason, 1, subject, rule);
    }

    /// <summary>Books an item that was refused on a thread of the application which is in a hurry: it is told a moment later, on the thread pool.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="detail">A text that is made once, and not for each item.</param>
    internal void RefuseOnHotPath(LossReason reason, string detail)
    {
        Accept(1);
        _ = Interlocked.Increment(ref _lost[(int)reason]);
        Volatile.Write(ref _words[(int)reason], detail);

        // Who finds everything told so far asks for the telling; those who come before it begins are told along with it.
        if (!reason.IsIntended() && Interlocked.Increment(ref _untold[(int)reason]) == 1)
        {
            _ = ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Tells now what was booked on a hot path and is not told yet.</summary>
    internal void TellRest()
    {
        foreach (LossReason reason in Reasons)
        {
            if (Interlocked.Exchange(ref _untold[(int)reason], 0) is > 0 and long count)
            {
                events.DataLost(Signal, reason.ToString(), count, Volatile.Read(ref _words[(int)reason]) ?? "");
            }
        }
    }

    void IThreadPoolWorkItem.Execute() => TellRest();

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
