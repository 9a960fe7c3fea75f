using CloudObserve.Delivery;
using CloudObserve.Diagnostics;

namespace CloudObserve.Pipeline.Batches;

/// <summary>Counts the items of one signal that were accepted, delivered, and lost for each reason, and reports every loss.</summary>
/// <remarks>
/// <para>In flight is computed (accepted - delivered - lost), never counted, so a missing decrement cannot break the equation. A stage that
/// accepts items on a hot path keeps its own count and passes a probe for it, to avoid a shared counter. A reader sees delivered and lost
/// before accepted, so in flight is never negative.</para>
/// <para>A loss cannot be counted without a description: it is reported to health, the log and the latest errors in the same call, or
/// shortly afterwards for a caller on a hot path. Only intended losses, such as events discarded by a filter, are not reported.</para>
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
/// <param name="signal">The signal's name, such as <c>metrics</c>.</param>
/// <param name="events">Receives reports of losses.</param>
/// <param name="acceptedOnHotPath">Returns the number of accepted items for which <see cref="Accept"/> is not called.</param>
/// <param name="ownReasons">The signal's loss reasons besides <see cref="LossReason.Common"/>.</param>
internal sealed class LossLedger(
    string signal, IDiagnosticEvents events, Func<long>? acceptedOnHotPath = null, IReadOnlyList<LossReason>? ownReasons = null)
    : IThreadPoolWorkItem
{
    // One entry for each reason. The list never changes, so the hot path searches it without a lock.
    private readonly LossCount[] _losses = [.. LossReason.Common.Concat(ownReasons ?? []).Distinct().Select(static r => new LossCount(r))];

    private long _accepted;
    private long _delivered;

    /// <summary>Gets the signal's name, such as <c>metrics</c>.</summary>
    internal string Signal { get; } = signal;

    /// <summary>Gets or sets the callback that returns the count stored on disk. Set once, before the ledger is shared.</summary>
    internal Func<long>? SpooledProbe { get; set; }

    internal void Accept(long count) => Interlocked.Add(ref _accepted, count);

    internal void Deliver(long count) => Interlocked.Add(ref _delivered, count);

    /// <summary>Counts accepted items as lost, and reports the loss.</summary>
    /// <param name="reason">The reason for the loss.</param>
    /// <param name="count">The number of lost items.</param>
    /// <param name="detail">Which data was lost, and how to prevent it.</param>
    /// <param name="item">The beginning of the first lost item, which is shown in the log only.</param>
    internal void Lose(LossReason reason, long count, string detail, string? item = null)
    {
        LossCount loss = Find(_losses, reason);
        _ = Interlocked.Add(ref loss.Count, count);
        if (count > 0 && !loss.Reason.IsIntended)
        {
            events.DataLost(new DataLoss(Signal, loss.Reason.Name, count, detail, item));
        }
    }

    /// <summary>Counts accepted items as lost because the application broke a rule, and reports it.</summary>
    /// <param name="reason">The reason for the loss.</param>
    /// <param name="count">The number of lost items.</param>
    /// <param name="subject">The name of the thing that broke the rule, such as a metric's name.</param>
    /// <param name="rule">The broken rule.</param>
    /// <param name="publicRule">The rule for health and status, if <paramref name="rule"/> may quote data of the application.</param>
    /// <remarks>The log has one entry for each subject.</remarks>
    internal void LoseToMisuse(LossReason reason, long count, string subject, string rule, string? publicRule = null)
    {
        LossCount loss = Find(_losses, reason);
        _ = Interlocked.Add(ref loss.Count, count);
        events.MisuseFound(new Misuse(Signal, loss.Reason.Name, subject, rule) { PublicRule = publicRule });
    }

    /// <summary>Counts an item as accepted and lost in one step, and reports the loss.</summary>
    internal void Refuse(LossReason reason, string detail)
    {
        // Accepted first: a reader in between sees one more item in flight, never a negative number.
        Accept(1);
        Lose(reason, 1, detail);
    }

    /// <summary>Counts an item as accepted and lost because the application broke a rule, and reports it.</summary>
    internal void RefuseMisuse(LossReason reason, string subject, string rule, string? publicRule = null)
    {
        Accept(1);
        LoseToMisuse(reason, 1, subject, rule, publicRule);
    }

    /// <summary>
    /// Counts an item that was refused on a hot path of the application. The loss is reported shortly afterwards, on the thread pool.
    /// </summary>
    /// <param name="reason">The reason for the loss.</param>
    /// <param name="detail">A description that is created once and not for each item.</param>
    internal void RefuseOnHotPath(LossReason reason, string detail)
    {
        Accept(1);
        LossCount loss = Find(_losses, reason);
        _ = Interlocked.Increment(ref loss.Count);
        Volatile.Write(ref loss.Detail, detail);

        // The thread that finds no unreported loss queues the report. Losses counted before it runs are reported together with it.
        if (!loss.Reason.IsIntended && Interlocked.Increment(ref loss.Unreported) == 1)
        {
            _ = ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Reports the losses on a hot path that are not yet reported.</summary>
    internal void TellRest()
    {
        foreach (LossCount loss in _losses)
        {
            if (Interlocked.Exchange(ref loss.Unreported, 0) is > 0 and long count)
            {
                events.DataLost(new DataLoss(Signal, loss.Reason.Name, count, Volatile.Read(ref loss.Detail) ?? ""));
            }
        }
    }

    void IThreadPoolWorkItem.Execute() => TellRest();

    internal LedgerSnapshot Snapshot()
    {
        long delivered = Interlocked.Read(ref _delivered);
        Dictionary<LossReason, long> lost = [];
        long totalLost = 0;
        foreach (LossCount loss in _losses)
        {
            long count = Interlocked.Read(ref loss.Count);
            if (count != 0)
            {
                lost[loss.Reason] = count;
                totalLost += count;
            }
        }

        long spooled = SpooledProbe?.Invoke() ?? 0;
        long accepted = Interlocked.Read(ref _accepted) + (acceptedOnHotPath?.Invoke() ?? 0);
        long inFlight = accepted - delivered - totalLost;

        // A file is deleted after its batch, or a part of it, was counted as delivered. From that moment the part no longer counts as
        // spooled.
        return new LedgerSnapshot(accepted, delivered, lost, inFlight) { Spooled = Math.Min(spooled, inFlight) };
    }

    private static LossCount Find(LossCount[] losses, LossReason? reason)
    {
        foreach (LossCount loss in losses)
        {
            if (ReferenceEquals(loss.Reason, reason))
            {
                return loss;
            }
        }

        // A sink may return any reason, or none. What the ledger does not have counts as rejected, so that the number of names is limited.
        return FindByName(losses, reason) ?? Find(losses, LossReason.Rejected);
    }

    // A method of its own, because the closure would cost the hot path an allocation.
    private static LossCount? FindByName(LossCount[] losses, LossReason? reason) => Array.Find(losses, loss => loss.Reason == reason);

    /// <summary>The losses for one reason.</summary>
    private sealed class LossCount(LossReason reason)
    {
        internal readonly LossReason Reason = reason;

        internal long Count;

        // Losses on a hot path that are not yet reported, and the description of the last of them.
        internal long Unreported;
        internal string? Detail;
    }
}
