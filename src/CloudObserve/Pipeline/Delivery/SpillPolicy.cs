using CloudObserve.Delivery;
using CloudObserve.Pipeline.Spooling;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Decides when shipments are written to disk, and when their files are deleted.</summary>
/// <param name="queue">Drops the shipments that must leave memory.</param>
/// <param name="tickets">Settles the shipments for which flushes no longer have to wait.</param>
/// <param name="spool">The files, or <see langword="null"/> if there is no spool.</param>
/// <param name="time">The clock.</param>
/// <threadsafety>Safe for concurrent use. A shipment is changed only on its own flow, or before that flow begins.</threadsafety>
internal sealed class SpillPolicy(DeliveryQueue queue, FlushTickets tickets, BatchSpool? spool, TimeProvider time) : IDisposable
{
    // Prevents the timer from firing continuously if the clock stands still or a batch is due now.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();

    // All fields below are guarded by the lock.
    private ITimer? _timer;
    private bool _isWatching;
    private bool _ended;

    /// <summary>Handles a transient failure: writes the shipment to disk if it would otherwise stay in memory too long.</summary>
    /// <remarks>
    /// The shipment is still retried, with its file as a backup. Shipments queued after it need not stay in memory meanwhile.
    /// </remarks>
    internal void AttemptFailed(Shipment shipment)
    {
        if (spool is null)
        {
            return;
        }

        Watch();

        // The next opportunity to write comes after the pause, which may be too late. A process that is closing may be killed at any time.
        TimeSpan age = time.GetElapsedTime(shipment.TakenAt);
        bool isDue = shipment.Place.Pause >= spool.SpillAfter - age || queue.IsClosed;
        if (!isDue || shipment.Run.IsSplit || shipment.Run.Entry is not null || !shipment.Run.TryBeginSpill())
        {
            return;
        }

        shipment.Run.Entry = spool.TryHold(shipment.Run.Current!.Batch);
        if (shipment.Run.Entry is null)
        {
            // The shipment stays in memory, and the next failure tries again.
            shipment.Run.ReturnSpill();
        }
        else
        {
            shipment.Settle(tickets);
        }
    }

    /// <summary>Stores a part that must leave memory.</summary>
    /// <param name="shipment">The shipment it belongs to.</param>
    /// <param name="batch">The part.</param>
    /// <param name="problem">The reason why it could not be stored, or an empty string.</param>
    /// <returns><see langword="false"/> if the caller must count the part as lost.</returns>
    internal bool TryKeep(Shipment shipment, Batch batch, out string problem)
    {
        problem = "";
        if (spool is null)
        {
            return false;
        }

        if (shipment.Run is { Entry: { } entry, IsSplit: false })
        {
            shipment.Run.Entry = null;
            if (spool.TryReturn(entry))
            {
                return true;
            }
        }

        return spool.TryKeep(batch, out problem);
    }

    /// <summary>Deletes the file of a shipment whose outcome has been recorded, if it still has one.</summary>
    internal void Settle(Shipment shipment)
    {
        if (shipment.Run.Entry is { } entry)
        {
            shipment.Run.Entry = null;
            spool!.Delete(entry);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _ended = true;
            _timer?.Dispose();
        }
    }

    // A failing destination may not be tried for a while; its queued batches are still written to disk in time.
    private void Watch()
    {
        lock (_lock)
        {
            if (_isWatching || _ended)
            {
                return;
            }

            _isWatching = true;
        }

        Spill();
    }

    private void Spill()
    {
        queue.DropAged(spool!.SpillAfter);
        lock (_lock)
        {
            // Read under the lock: a destination that began to fail meanwhile saw _isWatching set, so it must be found here.
            TimeSpan? next = queue.NextSpill(spool.SpillAfter);
            _isWatching = next is not null && !_ended;
            if (_isWatching)
            {
                _timer ??= time.CreateTimer(
                    static policy => ((SpillPolicy)policy!).Spill(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _ = _timer.Change(next > ShortestWait ? next.Value : ShortestWait, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
