using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Pipeline.Spooling;

/// <summary>Brings spooled batches back into the queue, oldest first and few at a time, so that neither they nor new data starve.</summary>
/// <remarks>
/// They are brought back when something has arrived, at start, and after a while when none of that happens: so a spool is emptied also where
/// nothing new is sent, and a destination that is out is not knocked at more often for it.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class SpoolReplay(BatchSpool spool, DeliveryGate gate, TimeSpan pause, TimeProvider time) : IDisposable
{
    // Of one destination, two: while one is being sent, the next is read. Each goes to the end of its destination's queue. Destinations that are
    // out keep theirs in memory, so there they hold up no other; the gate bounds how much all of them may take.
    private const int MostAtOnce = 2;

    private readonly Lock _lock = new();

    // All guarded by the lock.
    private readonly Dictionary<uint, int> _under = [];

    // Destinations from which something came back without having arrived. Bringing more of theirs now would only be reading for nothing.
    private readonly HashSet<uint> _resting = [];
    private ITimer? _timer;
    private bool _ended;

    /// <summary>Brings back what there is room for.</summary>
    internal void Proceed()
    {
        while (gate.HasRoomForReplay() && Begin() is { } entry)
        {
            if (spool.TryRead(entry) is not { } batch)
            {
                End(entry);
            }
            else if (gate.TryAdd(new Shipment(batch, entry)) is not null)
            {
                spool.GiveBack(entry, batch);
                batch.Dispose();
                End(entry);
                return;
            }
        }
    }

    /// <summary>A shipment has ended.</summary>
    /// <param name="header">Where it was to go.</param>
    /// <param name="broughtBack">Where it lay, if it had been brought back.</param>
    /// <param name="arrived">Whether something of it arrived.</param>
    internal void Ended(BatchHeader header, SpoolEntry? broughtBack, bool arrived)
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
            // Also for what has just gone to disk for the first time: it may be that nothing else is left that could arrive.
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
            SpoolEntry? entry = _ended ? null : spool.TakeOldest(lane => !_resting.Contains(lane) && _under.GetValueOrDefault(lane) < MostAtOnce);
            if (entry is not null)
            {
                _under[entry.Lane] = _under.GetValueOrDefault(entry.Lane) + 1;
            }

            return entry;
        }
    }

    private void End(SpoolEntry entry)
    {
        lock (_lock)
        {
            if (--_under[entry.Lane] == 0)
            {
                _ = _under.Remove(entry.Lane);
            }
        }
    }

    private void Wake(BatchHeader header)
    {
        lock (_lock)
        {
            _ = _resting.Count > 0 && _resting.Remove(SpoolFileName.LaneOf(header));
        }
    }

    private void WakeAll()
    {
        lock (_lock)
        {
            _resting.Clear();
        }

        Proceed();
    }

    private void ProceedLater(uint lane)
    {
        lock (_lock)
        {
            // A timer that runs already is let run: it must come to its end also where something goes wrong all the time.
            bool isFirst = _resting.Count == 0;
            _ = _resting.Add(lane);
            if (isFirst && !_ended)
            {
                _timer ??= time.CreateTimer(static replay => ((SpoolReplay)replay!).WakeAll(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _ = _timer.Change(pause, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
