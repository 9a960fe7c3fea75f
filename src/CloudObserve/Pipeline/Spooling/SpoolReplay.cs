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
    // Two: while one is being sent, the next is read. Each goes to the end of its destination's queue.
    private const int MostAtOnce = 2;

    private readonly Lock _lock = new();

    // All guarded by the lock.
    private int _under;
    private ITimer? _timer;
    private bool _ended;

    /// <summary>Brings back what there is room for.</summary>
    internal void Proceed()
    {
        while (TryBegin())
        {
            if (spool.TakeOldest() is not { } taken)
            {
                End();
                return;
            }

            Shipment shipment = new(taken.Batch, taken.Entry);
            if (gate.TryAdd(shipment) is not null)
            {
                spool.Return(taken.Entry);
                taken.Batch.Dispose();
                End();
                return;
            }
        }
    }

    /// <summary>A shipment has ended.</summary>
    /// <param name="fromSpool">Whether it had been brought back.</param>
    /// <param name="arrived">Whether something of it arrived.</param>
    internal void Ended(bool fromSpool, bool arrived)
    {
        if (fromSpool)
        {
            End();
        }

        if (arrived)
        {
            Proceed();
        }
        else if (fromSpool)
        {
            ProceedLater();
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

    private bool TryBegin()
    {
        if (!gate.HasRoomForReplay)
        {
            return false;
        }

        lock (_lock)
        {
            if (_ended || _under == MostAtOnce)
            {
                return false;
            }

            _under++;
            return true;
        }
    }

    private void End()
    {
        lock (_lock)
        {
            _under--;
        }
    }

    private void ProceedLater()
    {
        lock (_lock)
        {
            if (!_ended)
            {
                _timer ??= time.CreateTimer(static replay => ((SpoolReplay)replay!).Proceed(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _ = _timer.Change(pause, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
