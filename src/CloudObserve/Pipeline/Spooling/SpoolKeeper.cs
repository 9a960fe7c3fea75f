using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Pipeline.Spooling;

/// <summary>Decides for shipments when they go to disk, and what becomes of their files.</summary>
/// <param name="gate">Learns that nobody has to wait for what lies on disk.</param>
/// <param name="spool">The files; <see langword="null"/> when there is no spool.</param>
/// <param name="time">The clock.</param>
/// <threadsafety>Safe for concurrent use; what it does to a shipment it does on that shipment's own flow, or before that begins.</threadsafety>
internal sealed class SpoolKeeper(DeliveryGate gate, BatchSpool? spool, TimeProvider time) : IDisposable
{
    // A clock that stands still or a batch that is due right now must not make the timer spin.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();

    // All guarded by the lock.
    private ITimer? _timer;
    private bool _isWatching;
    private bool _ended;

    /// <summary>An attempt failed in a way that may pass: what would wait too long in memory alone is written to disk.</summary>
    /// <remarks>The shipment itself goes on knocking, with its file behind it. What is queued behind it need not be in memory meanwhile.</remarks>
    internal void AttemptFailed(Shipment shipment)
    {
        if (spool is null)
        {
            return;
        }

        Watch();

        // The next chance to write it comes after its pause, which may be too late. A process that is ending may be killed any time.
        TimeSpan age = time.GetElapsedTime(shipment.TakenAt);
        bool isDue = shipment.Pause >= spool.SpillAfter - age || gate.IsClosed;
        if (!isDue || shipment.IsSplit || shipment.Entry is not null || !shipment.TryBeginSpill())
        {
            return;
        }

        shipment.Entry = spool.TryHold(shipment.Current!.Batch);
        if (shipment.Entry is null)
        {
            // It stays in memory, and the next failure tries again.
            shipment.EndSpill();
        }
        else
        {
            gate.SettleTicket(shipment);
        }
    }

    /// <summary>Keeps a part that memory has to let go of.</summary>
    /// <param name="shipment">The shipment it belongs to.</param>
    /// <param name="batch">The part.</param>
    /// <param name="problem">Why it could not be kept, or nothing.</param>
    /// <returns><see langword="false"/> when the caller must book it as lost.</returns>
    internal bool TryKeep(Shipment shipment, Batch batch, out string problem)
    {
        problem = "";
        if (spool is null)
        {
            return false;
        }

        if (shipment is { Entry: { } entry, IsSplit: false })
        {
            shipment.Entry = null;
            if (spool.TryReturn(entry))
            {
                return true;
            }
        }

        return spool.TryKeep(batch, out problem);
    }

    /// <summary>The shipment's fate is booked: its file, if it still has one, has done its duty.</summary>
    internal void End(Shipment shipment)
    {
        if (shipment.Entry is { } entry)
        {
            shipment.Entry = null;
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

    // Destinations that fail may not be knocked at for a while; what is queued for them goes to disk in time all the same.
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
        gate.SpillAged(spool!.SpillAfter);
        lock (_lock)
        {
            // Asked under the lock: a destination that has begun to fail meanwhile, and found the watch going on, must not be missed.
            TimeSpan? next = gate.NextSpill(spool.SpillAfter);
            _isWatching = next is not null && !_ended;
            if (_isWatching)
            {
                _timer ??= time.CreateTimer(static keeper => ((SpoolKeeper)keeper!).Spill(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _ = _timer.Change(next > ShortestWait ? next.Value : ShortestWait, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
