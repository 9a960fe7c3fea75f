using CloudObserve.Delivery;
using CloudObserve.Pipeline.Spooling;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Returns spooled batches to the queue, oldest first and few at a time, so that neither they nor new data starve.</summary>
/// <remarks>
/// Batches are returned after a delivery, at start, and otherwise after a pause. A spool is therefore emptied even if no new data is sent,
/// and a destination that is down is not tried more often because of it.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
/// <param name="spool">The files.</param>
/// <param name="queue">Determines whether there is room.</param>
/// <param name="deliver">Begins the delivery of a shipment, unless the queue refuses it.</param>
/// <param name="pause">The pause after a batch that has come back.</param>
/// <param name="time">The clock.</param>
/// <param name="copies">Copies the batches that were read, or <see langword="null"/>.</param>
internal sealed class SpoolReplay(
    BatchSpool spool, DeliveryQueue queue, Func<Shipment, LossReason?> deliver, TimeSpan pause, TimeProvider time,
    SpoolCopies? copies = null)
    : IDisposable
{
    // Two per destination: while one is sent, the next is read. Each goes to the end of its destination's queue. Destinations that are down
    // keep theirs in memory without delaying others; the delivery queue limits the memory of all of them.
    private const int MostAtOnce = 2;

    private readonly Lock _lock = new();

    // All fields below are guarded by the lock.
    private readonly Dictionary<uint, int> _inDelivery = [];

    // Destinations from which a batch returned undelivered. Reading more of their batches now would be useless.
    private readonly HashSet<uint> _pausedLanes = [];
    private ITimer? _timer;
    private bool _ended;

    /// <summary>Returns as many batches as there is room for.</summary>
    internal void Proceed()
    {
        while (queue.HasRoomForReplay() && Begin() is { } entry)
        {
            if (spool.TryRead(entry) is not { } batch)
            {
                End(entry);
                continue;
            }

            // Before the delivery begins, which deletes the file when it ends.
            copies?.Copy(entry, batch);
            if (deliver(new Shipment(batch, entry)) is not null)
            {
                spool.GiveBack(entry, batch);
                batch.Dispose();
                End(entry);
                return;
            }
        }
    }

    /// <summary>Handles a shipment that has left the queue.</summary>
    /// <param name="header">The header of the shipment.</param>
    /// <param name="broughtBack">The spool entry of the shipment, if it was read from the spool.</param>
    /// <param name="arrived">Whether any part of it was delivered.</param>
    internal void Left(BatchHeader header, SpoolEntry? broughtBack, bool arrived)
    {
        if (broughtBack is not null)
        {
            End(broughtBack);
        }

        if (arrived)
        {
            Wake(header);
            Proceed();
        }
        else
        {
            // Also for a batch that has just been written to disk for the first time: no other batch may be left whose delivery would start
            // the replay.
            ProceedLater(SpoolFileName.LaneOf(header));
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

    private SpoolEntry? Begin()
    {
        lock (_lock)
        {
            SpoolEntry? entry = _ended
                ? null : spool.TakeOldest(lane => !_pausedLanes.Contains(lane) && _inDelivery.GetValueOrDefault(lane) < MostAtOnce);
            if (entry is not null)
            {
                _inDelivery[entry.Lane] = _inDelivery.GetValueOrDefault(entry.Lane) + 1;
            }

            return entry;
        }
    }

    private void End(SpoolEntry entry)
    {
        lock (_lock)
        {
            if (--_inDelivery[entry.Lane] == 0)
            {
                _ = _inDelivery.Remove(entry.Lane);
            }
        }
    }

    private void Wake(BatchHeader header)
    {
        lock (_lock)
        {
            _ = _pausedLanes.Count > 0 && _pausedLanes.Remove(SpoolFileName.LaneOf(header));
        }
    }

    private void WakeAll()
    {
        lock (_lock)
        {
            _pausedLanes.Clear();
        }

        Proceed();
    }

    private void ProceedLater(uint lane)
    {
        lock (_lock)
        {
            // A running timer is not restarted; otherwise constant failures would postpone it for ever.
            bool isFirst = _pausedLanes.Count == 0;
            _ = _pausedLanes.Add(lane);
            if (isFirst && !_ended)
            {
                _timer ??= time.CreateTimer(
                    static replay => ((SpoolReplay)replay!).WakeAll(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _ = _timer.Change(pause, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
