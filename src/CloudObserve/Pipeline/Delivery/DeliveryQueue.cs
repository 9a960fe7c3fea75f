using CloudObserve.Delivery;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>
/// The queue of the delivery loop: it admits shipments, gives them their turn, and drops them when memory or time is over.
/// </summary>
/// <remarks>
/// <para>A shipment enters the queue once and leaves it once. In between, each of its attempts takes a <see cref="RequestSlot"/>.</para>
/// <para>The lock is held for bookkeeping only, never while a sink, a listener or a continuation runs.</para>
/// </remarks>
/// <param name="options">The limits of buffered bytes and concurrent requests.</param>
/// <param name="tickets">Numbers the shipments for flushes.</param>
/// <param name="interrupter">Interrupts pauses and requests.</param>
/// <param name="time">The clock.</param>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class DeliveryQueue(DeliveryOptions options, FlushTickets tickets, Interrupter interrupter, TimeProvider time)
{
    private readonly Lock _lock = new();

    // All fields below are guarded by the lock.
    private long _maxBytes = options.MaxBufferBytes;
    private readonly DeliverySchedule _schedule = new(options.MaxConcurrentRequests);

    // Continuations run synchronously on the thread that finished last, because the pool may have no free thread. It is therefore completed
    // outside the lock.
    private readonly TaskCompletionSource _drained = new();
    private bool _open;
    private bool _closed;

    /// <summary>Gets a value indicating whether a flush or a close is waiting, so that long pauses must be avoided.</summary>
    internal bool IsUrgent => IsClosed || tickets.IsAwaited;

    /// <summary>Gets a value indicating whether closing has begun.</summary>
    /// <remarks>Read without the lock: a caller that reads it slightly earlier or later behaves correctly with either value.</remarks>
    internal bool IsClosed => Volatile.Read(ref _closed);

    internal DeliveryGauges Gauges
    {
        get
        {
            using Lock.Scope held = _lock.EnterScope();
            TimeSpan age = _schedule.Oldest is { } oldest ? oldest.AgeWhenTaken + time.GetElapsedTime(oldest.TakenAt) : TimeSpan.Zero;
            return new DeliveryGauges(_schedule.WaitingBatches, _schedule.WaitingBytes, _schedule.Requests, age, _schedule.Limit.Current);
        }
    }

    /// <summary>Gets or sets the callback for each shipment that has ended. Must be set before anything is added.</summary>
    internal Action? RoomMade { get; set; }

    /// <summary>
    /// Determines whether a batch of the given size fits the buffer without evicting another, now or after a failed attempt.
    /// </summary>
    internal bool HasRoomFor(long bytes)
    {
        using Lock.Scope held = _lock.EnterScope();
        return _closed || _schedule.IsEmpty || _schedule.OutstandingBytes + bytes <= _maxBytes;
    }

    /// <summary>Removes the byte limit. Called during a close, when other limits bound the remaining input.</summary>
    internal void LiftLimit()
    {
        using Lock.Scope held = _lock.EnterScope();
        _maxBytes = long.MaxValue / 2;
    }

    internal void Open()
    {
        using Lock.Scope held = _lock.EnterScope();
        _open = true;
        Proceed_NeedsLock();
    }

    /// <summary>Adds a shipment. Its flow must wait for its turn already.</summary>
    /// <returns>The reason why the shipment is refused, or <see langword="null"/> if it was accepted.</returns>
    internal LossReason? TryEnter(Shipment shipment)
    {
        List<Shipment>? evicted;
        shipment.BeginAge(time);
        lock (_lock)
        {
            if (_closed)
            {
                return LossReason.Closed;
            }

            // Even evicting everything else would not make enough room.
            if (shipment.Run.Bytes > _maxBytes)
            {
                return LossReason.BufferFull;
            }

            // Under the lock, so that the numbers have the order of the queue.
            shipment.TakeNumber(tickets);
            _schedule.Add(shipment);
            Proceed_NeedsLock();
            evicted = MakeRoom_NeedsLock();
        }

        Drop(evicted, Interruption.Evicted);
        return null;
    }

    /// <summary>Waits for a free request slot and takes it.</summary>
    /// <returns>The slot. Disposing of it returns it.</returns>
    /// <exception cref="OperationCanceledException">The shipment was interrupted. No slot is taken.</exception>
    internal async ValueTask<RequestSlot> TakeSlotAsync(Shipment shipment, CancellationToken cancellationToken)
    {
        SlotWait request;
        lock (_lock)
        {
            // The token of the interruption may not be cancelled yet; a request that begins now would only be aborted.
            if (shipment.Place.Interruption != Interruption.None)
            {
                throw new OperationCanceledException();
            }

            if (_schedule.TryEnter(shipment))
            {
                return new RequestSlot(this, shipment, time);
            }

            request = _schedule.WaitForSlot(shipment);
        }

        try
        {
            await request.Granted.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Withdraw(request);
            throw;
        }

        return new RequestSlot(this, shipment, time);
    }

    /// <summary>Returns a slot. Called by <see cref="RequestSlot.Dispose"/> only.</summary>
    internal void ReturnSlot(Shipment shipment, SendResult? result, long startedAt)
    {
        List<Shipment>? evicted;
        lock (_lock)
        {
            _schedule.Leave(shipment, pauses: result is null || ErrorPolicy.For(result.Error).Retried);
            Learn_NeedsLock(shipment, result, startedAt);
            Proceed_NeedsLock();
            evicted = MakeRoom_NeedsLock();
        }

        Drop(evicted, Interruption.Evicted);
    }

    /// <summary>Drops shipments from the queues of failing destinations that have waited there longer than the given time.</summary>
    internal void DropAged(TimeSpan after)
    {
        List<Shipment> aged;
        lock (_lock)
        {
            aged = _schedule.TakeAged(shipment => time.GetElapsedTime(shipment.TakenAt) >= after);
        }

        Drop(aged, Interruption.Spilled);
    }

    /// <summary>Returns the earliest time after which <see cref="DropAged"/> may have something to do.</summary>
    /// <returns>The time from now, or <see langword="null"/> if no destination is failing.</returns>
    internal TimeSpan? NextSpill(TimeSpan after)
    {
        long now = time.GetTimestamp();
        using Lock.Scope held = _lock.EnterScope();
        return _schedule.OldestQueuedWhereFailing(otherwise: now) is { } oldest ? after - time.GetElapsedTime(oldest, now) : null;
    }

    /// <summary>Determines whether the share of the buffer reserved for replay from disk has room.</summary>
    internal bool HasRoomForReplay()
    {
        using Lock.Scope held = _lock.EnterScope();
        return _open && !_closed && _schedule.WaitingBytes <= _maxBytes / 2;
    }

    /// <summary>Interrupts a shipment on the calling thread.</summary>
    internal void Interrupt(Shipment shipment, Interruption why)
    {
        CancellationTokenSource source;
        lock (_lock)
        {
            source = shipment.Place.Interrupt(why);
        }

        interrupter.Cancel(source);
    }

    /// <summary>Interrupts long pauses, because a flush waits.</summary>
    internal void RetryPausedNow()
    {
        using Lock.Scope held = _lock.EnterScope();
        RetryPausedNow_NeedsLock();
    }

    /// <summary>Settles a run of the resilience pipeline. From here on only the shipment's own flow decides its outcome.</summary>
    /// <returns>The reason for an interruption, if there was one. After <see cref="Interruption.RetryNow"/> the shipment can run
    /// again.</returns>
    internal Interruption SettleRun(Shipment shipment)
    {
        using Lock.Scope held = _lock.EnterScope();
        _schedule.Settle(shipment);
        Interruption why = shipment.Place.Interruption;
        if (why == Interruption.RetryNow)
        {
            shipment.Place.Renew();
        }

        return why;
    }

    /// <summary>Removes a shipment. Its outcome must already be in the ledger, because a flush may complete now.</summary>
    internal void Leave(Shipment shipment)
    {
        bool isDrained;
        lock (_lock)
        {
            _schedule.Remove(shipment);
            shipment.Settle(tickets);
            Proceed_NeedsLock();
            isDrained = _closed && _schedule.IsEmpty;
        }

        RoomMade?.Invoke();
        if (isDrained)
        {
            _ = _drained.TrySetResult();
        }
    }

    /// <summary>Refuses new shipments and delivers the rest without long pauses.</summary>
    /// <returns>A task that completes when nothing is left.</returns>
    internal Task Close()
    {
        lock (_lock)
        {
            _closed = true;
            _open = true;
            Proceed_NeedsLock();
            RetryPausedNow_NeedsLock();
            if (!_schedule.IsEmpty)
            {
                return _drained.Task;
            }
        }

        _ = _drained.TrySetResult();
        return _drained.Task;
    }

    /// <summary>Drops everything that has not begun, and interrupts the rest, because the deadline has passed.</summary>
    internal void DropAll()
    {
        List<Shipment> queued;
        List<Shipment> begun;
        lock (_lock)
        {
            (queued, begun) = _schedule.Empty();
            Interrupt_NeedsLock(begun, Interruption.Deadline);
        }

        Drop(queued, Interruption.Deadline);

        // If the pool has no free thread, the flows of shipments that have begun may not have continued. They continue here, and find that
        // they are dropped.
        Drop(begun, Interruption.Deadline);
    }

    private void Withdraw(SlotWait request)
    {
        using Lock.Scope held = _lock.EnterScope();

        // The slot was granted at the same moment, so it must be returned here.
        if (!_schedule.Withdraw(request))
        {
            _schedule.Leave(request.Shipment, pauses: true);
            Proceed_NeedsLock();
        }
    }

    private void Learn_NeedsLock(Shipment shipment, SendResult? result, long startedAt)
    {
        shipment.Place.Lane!.IsFailing = result is null ? shipment.Place.Lane.IsFailing : ErrorPolicy.For(result.Error).Retried;
        if (result?.Error == ErrorClass.Throttled)
        {
            _schedule.Limit.Lower(startedAt, time.GetTimestamp());
        }
        else if (result?.Error == ErrorClass.None)
        {
            _schedule.Limit.Succeeded(startedAt, time.GetTimestamp(), time.GetElapsedTime(startedAt));
            if (shipment.Place.Lane.Stalled)
            {
                // The destination has recovered; the other shipments of its window need not wait for the pauses they drew during the
                // outage.
                shipment.Place.Lane.Stalled = false;
                Interrupt_NeedsLock(_schedule.Pausing(shipment.Place.Lane), Interruption.RetryNow);
            }
        }
    }

    private void Proceed_NeedsLock()
    {
        if (!_open)
        {
            return;
        }

        // Shipments that have begun are older than those that have not, so they get slots first.
        while (_schedule.TryGrant())
        {
        }

        while (_schedule.BeginNext() is { } next)
        {
            Begin(next);
        }
    }

    private List<Shipment>? MakeRoom_NeedsLock()
    {
        List<Shipment>? queued = null;
        while (_schedule.WaitingBytes > _maxBytes && _schedule.EvictOldest() is { } evicted)
        {
            if (evicted.Place.Lane!.Begun.Contains(evicted))
            {
                Interrupt_NeedsLock([evicted], Interruption.Evicted);
            }
            else
            {
                (queued ??= []).Add(evicted);
            }
        }

        return queued;
    }

    // Pauses that are already short are not cut; otherwise many callers that flush would turn an outage into a burst of retries.
    private void RetryPausedNow_NeedsLock() =>
        Interrupt_NeedsLock(_schedule.Pausing().Where(s => s.Place.Pause > RetrySchedule.LongestWhenUrgent), Interruption.RetryNow);

    private void Interrupt_NeedsLock(IEnumerable<Shipment> shipments, Interruption why) =>
        interrupter.Send([.. shipments.Select(s => s.Place.Interrupt(why))], onOwnThread: _closed);

    // The flow continues on the pool, so this only queues work.
    private static void Begin(Shipment shipment) => _ = BackgroundLoop.Start(() =>
    {
        _ = shipment.TryGiveTurn(Interruption.None);
        return Task.CompletedTask;
    });

    // Outside the lock. The flow of each shipment records the outcome on this thread.
    private static void Drop(List<Shipment>? shipments, Interruption why) => shipments?.ForEach(s => _ = s.TryGiveTurn(why));
}
