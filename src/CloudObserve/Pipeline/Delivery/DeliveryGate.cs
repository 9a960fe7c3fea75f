using CloudObserve.Diagnostics;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>The one lock of the delivery loop: who may enter, who goes next, who waits for whom.</summary>
/// <remarks>The lock is held for bookkeeping only, never while a sink, a listener or a continuation runs.</remarks>
/// <param name="options">How much may wait and how many requests may be under way.</param>
/// <param name="events">Who is told of faults in what a cancellation calls.</param>
/// <param name="time">The clock.</param>
/// <param name="begin">Begins a shipment in the background. Called under the lock: it must only queue work.</param>
/// <param name="drop">Books a shipment that had not begun. Called outside the lock; it ends with <see cref="Finish"/>.</param>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class DeliveryGate(
    DeliveryOptions options, IDiagnosticEvents events, TimeProvider time, Action<Shipment> begin, Action<Shipment, Interruption> drop)
{
    private readonly Lock _lock = new();

    // All below is guarded by the lock.
    private long _maxBytes = options.MaxBufferBytes;
    private readonly DeliverySchedule _schedule = new(options.MaxConcurrentRequests);
    private readonly FlushTickets _tickets = new();
    private readonly Interrupter _interruptions = new(events);

    // Who waits goes on at once, on the thread that was the last to finish: the pool may have none. So it is completed outside of the lock.
    private readonly TaskCompletionSource _drained = new();
    private bool _open;
    private bool _closed;
    private int _waiters;

    /// <summary>Gets a value indicating whether somebody waits for a flush or for the end, so that long pauses are out of place.</summary>
    internal bool IsUrgent
    {
        get
        {
            using Lock.Scope held = _lock.EnterScope();
            return _closed || _waiters > 0;
        }
    }

    /// <summary>Gets a value indicating whether the end has begun.</summary>
    /// <remarks>Read without the lock: who asks a moment earlier or later is told rightly either way.</remarks>
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

    /// <summary>Gets or sets what is called whenever a shipment has left for good. Set before anything is added.</summary>
    internal Action? RoomMade { get; set; }

    /// <summary>Tells whether a batch of so many bytes could be added and no other would have to make room for it, now or after an attempt that fails.</summary>
    internal bool HasRoomFor(long bytes)
    {
        using Lock.Scope held = _lock.EnterScope();
        return _closed || _schedule.IsEmpty || _schedule.OutstandingBytes + bytes <= _maxBytes;
    }

    /// <summary>Lets everything in from now on: for the end, when what is still to come is bounded elsewhere.</summary>
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

    /// <returns>Why the shipment is refused; <see langword="null"/> when it was taken.</returns>
    internal LossReason? TryAdd(Shipment shipment)
    {
        List<Shipment>? evicted;
        shipment.BeginAge(time);
        lock (_lock)
        {
            if (_closed)
            {
                return LossReason.Closed;
            }

            // Evicting everything else would not make room for it.
            if (shipment.Bytes > _maxBytes)
            {
                return LossReason.BufferFull;
            }

            shipment.IsTicketSettled = shipment.Entry is not null;
            shipment.Sequence = shipment.IsTicketSettled ? _tickets.IssueSettled() : _tickets.Issue();
            _schedule.Add(shipment);
            Proceed_NeedsLock();
            evicted = MakeRoom_NeedsLock();
        }

        Drop(evicted, Interruption.Evicted);
        return null;
    }

    /// <summary>Waits for a request to become free and takes it. Each entry must be left again.</summary>
    /// <exception cref="OperationCanceledException">The shipment was interrupted. Nothing is taken.</exception>
    internal async ValueTask EnterAsync(Shipment shipment, CancellationToken cancellationToken)
    {
        SlotRequest request;
        lock (_lock)
        {
            // The interruption's token may not be cancelled yet; a request begun now would only be torn down again.
            if (shipment.Interruption != Interruption.None)
            {
                throw new OperationCanceledException();
            }

            if (_schedule.TryEnter(shipment))
            {
                return;
            }

            request = _schedule.RequestSlot(shipment);
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
    }

    /// <summary>Gives a request back after an attempt.</summary>
    /// <param name="shipment">The shipment.</param>
    /// <param name="result">What the attempt came to; <see langword="null"/> when it was broken off.</param>
    /// <param name="startedAt">When it began, as a timestamp.</param>
    internal void Leave(Shipment shipment, SendResult? result, long startedAt)
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

    /// <summary>Lets flushes no longer wait for a shipment, since it lies on disk.</summary>
    internal void SettleTicket(Shipment shipment)
    {
        using Lock.Scope held = _lock.EnterScope();
        SettleTicket_NeedsLock(shipment);
    }

    /// <summary>Takes out of the queues of destinations that fail what has waited there for too long.</summary>
    internal void SpillAged(TimeSpan after)
    {
        List<Shipment> aged;
        lock (_lock)
        {
            aged = _schedule.TakeAged(shipment => time.GetElapsedTime(shipment.TakenAt) >= after);
        }

        Drop(aged, Interruption.Spilled);
    }

    /// <summary>Tells when <see cref="SpillAged"/> will next have something to do, at the earliest.</summary>
    /// <returns><see langword="null"/> when no destination fails.</returns>
    internal TimeSpan? NextSpill(TimeSpan after)
    {
        long now = time.GetTimestamp();
        using Lock.Scope held = _lock.EnterScope();
        return _schedule.OldestQueuedWhereFailing(otherwise: now) is { } oldest ? after - time.GetElapsedTime(oldest, now) : null;
    }

    /// <summary>Tells whether as much of the buffer is free as a replay from disk may use.</summary>
    internal bool HasRoomForReplay()
    {
        using Lock.Scope held = _lock.EnterScope();
        return _open && !_closed && _schedule.WaitingBytes <= _maxBytes / 2;
    }

    /// <summary>Calls a shipment out of its pipeline because the service would no longer take it.</summary>
    internal void Expire(Shipment shipment)
    {
        CancellationTokenSource interrupter;
        lock (_lock)
        {
            interrupter = shipment.Interrupt_NeedsLock(Interruption.TooOld);
        }

        _interruptions.Cancel(interrupter);
    }

    /// <summary>Ends a run of the pipeline: from here on the shipment's own flow alone decides its fate.</summary>
    /// <returns>Why the run was interrupted, if it was. After a <see cref="Interruption.Hurry"/> it can run again.</returns>
    internal Interruption EndRun(Shipment shipment)
    {
        using Lock.Scope held = _lock.EnterScope();
        _schedule.Settle(shipment);
        Interruption why = shipment.Interruption;
        if (why == Interruption.Hurry)
        {
            shipment.Renew_NeedsLock();
        }

        return why;
    }

    /// <summary>Forgets a shipment. Its fate must be in the ledger already, since a flush may complete now.</summary>
    internal void Finish(Shipment shipment)
    {
        bool isDrained;
        lock (_lock)
        {
            _schedule.Remove(shipment);
            SettleTicket_NeedsLock(shipment);
            Proceed_NeedsLock();
            isDrained = _closed && _schedule.IsEmpty;
        }

        RoomMade?.Invoke();
        if (isDrained)
        {
            _ = _drained.TrySetResult();
        }
    }

    internal Task WhenSettled()
    {
        using Lock.Scope held = _lock.EnterScope();
        return _tickets.Take();
    }

    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        Task done;
        lock (_lock)
        {
            done = _tickets.Take();
            _waiters++;
            HurryLongPauses_NeedsLock();
        }

        try
        {
            await done.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            using Lock.Scope held = _lock.EnterScope();
            _waiters--;
        }
    }

    /// <summary>Refuses what comes from now on and lets the rest go out without long pauses.</summary>
    /// <returns>Completes when nothing is left.</returns>
    internal Task Close()
    {
        lock (_lock)
        {
            _closed = true;
            _open = true;
            Proceed_NeedsLock();
            HurryLongPauses_NeedsLock();
            if (!_schedule.IsEmpty)
            {
                return _drained.Task;
            }
        }

        _ = _drained.TrySetResult();
        return _drained.Task;
    }

    /// <summary>Gives up all that is left.</summary>
    internal void Abandon()
    {
        List<Shipment> queued;
        lock (_lock)
        {
            (queued, List<Shipment> begun) = _schedule.Empty();

            // Where the pool has no thread left, flows that were begun may not run before the end. Their shipments are dropped like those in the queue.
            List<Shipment> waiting = begun.FindAll(s => s.TryTakeFlow());
            queued.AddRange(waiting);
            Interrupt_NeedsLock(begun.Except(waiting), Interruption.Deadline);
        }

        Drop(queued, Interruption.Deadline);
    }

    /// <summary>Completes when interruptions that are on their way have arrived; only then are the timers they stop gone.</summary>
    internal Task InterruptionsArrived()
    {
        using Lock.Scope held = _lock.EnterScope();
        return _interruptions.Arrived;
    }

    private void SettleTicket_NeedsLock(Shipment shipment)
    {
        if (!shipment.IsTicketSettled)
        {
            shipment.IsTicketSettled = true;
            _tickets.Settle(shipment.Sequence);
        }
    }

    private void Withdraw(SlotRequest request)
    {
        using Lock.Scope held = _lock.EnterScope();

        // Granted in the same moment: then it is ours to give back.
        if (!_schedule.Withdraw(request))
        {
            _schedule.Leave(request.Shipment, pauses: true);
            Proceed_NeedsLock();
        }
    }

    private void Learn_NeedsLock(Shipment shipment, SendResult? result, long startedAt)
    {
        shipment.Lane!.IsFailing = result is null ? shipment.Lane.IsFailing : ErrorPolicy.For(result.Error).Retried;
        if (result?.Error == ErrorClass.Throttled)
        {
            _schedule.Limit.Lower(startedAt, time.GetTimestamp());
        }
        else if (result?.Error == ErrorClass.None)
        {
            _schedule.Limit.Succeeded(startedAt, time.GetTimestamp(), time.GetElapsedTime(startedAt));
            if (shipment.Lane.Stalled)
            {
                // The destination is back; the others of its window need not sit out the pauses they drew when it was not.
                shipment.Lane.Stalled = false;
                Interrupt_NeedsLock(_schedule.Pausing(shipment.Lane), Interruption.Hurry);
            }
        }
    }

    private void Proceed_NeedsLock()
    {
        if (!_open)
        {
            return;
        }

        // Those who have begun are older than those who have not.
        while (_schedule.TryGrant())
        {
        }

        while (_schedule.BeginNext() is { } next)
        {
            begin(next);
        }
    }

    private List<Shipment>? MakeRoom_NeedsLock()
    {
        List<Shipment>? queued = null;
        while (_schedule.WaitingBytes > _maxBytes && _schedule.EvictOldest() is { } evicted)
        {
            if (evicted.Lane!.Begun.Contains(evicted))
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

    // A pause that is short already is let be, or many callers that flush would turn an outage into a storm of retries.
    private void HurryLongPauses_NeedsLock() =>
        Interrupt_NeedsLock(_schedule.Pausing().Where(s => s.Pause > RetrySchedule.LongestWhenUrgent), Interruption.Hurry);

    private void Interrupt_NeedsLock(IEnumerable<Shipment> shipments, Interruption why) =>
        _interruptions.Send_NeedsLock([.. shipments.Select(d => d.Interrupt_NeedsLock(why))], onOwnThread: _closed);

    private void Drop(List<Shipment>? queued, Interruption why) => queued?.ForEach(d => drop(d, why));
}
