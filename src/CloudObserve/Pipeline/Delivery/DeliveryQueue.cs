using CloudObserve.Delivery;
using CloudObserve.Diagnostics;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>The queue of the delivery loop: under one lock it admits shipments, selects the next one, and tracks flushes.</summary>
/// <remarks>The lock is held for bookkeeping only, never while a sink, a listener or a continuation runs.</remarks>
/// <param name="options">The limits of buffered bytes and concurrent requests.</param>
/// <param name="events">Receives reports of exceptions in cancellation callbacks.</param>
/// <param name="time">The clock.</param>
/// <param name="begin">Starts a shipment in the background. Called under the lock, so it must only queue work.</param>
/// <param name="drop">
/// Spools a shipment that had not begun, or records it as lost. Called outside the lock; it ends with <see cref="Finish"/>.
/// </param>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class DeliveryQueue(
    DeliveryOptions options, IDiagnosticEvents events, TimeProvider time, Action<Shipment> begin, Action<Shipment, Interruption> drop)
{
    private readonly Lock _lock = new();

    // All fields below are guarded by the lock.
    private long _maxBytes = options.MaxBufferBytes;
    private readonly DeliverySchedule _schedule = new(options.MaxConcurrentRequests);
    private readonly FlushTickets _tickets = new();
    private readonly Interrupter _interruptions = new(events);

    // Continuations run synchronously on the thread that finished last, because the pool may have no free thread. It is therefore completed
    // outside the lock.
    private readonly TaskCompletionSource _drained = new();
    private bool _open;
    private bool _closed;
    private int _waiters;

    /// <summary>Gets a value indicating whether a flush or a close is waiting, so that long pauses must be avoided.</summary>
    internal bool IsUrgent
    {
        get
        {
            using Lock.Scope held = _lock.EnterScope();
            return _closed || _waiters > 0;
        }
    }

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

    /// <returns>The reason why the shipment is refused, or <see langword="null"/> if it was accepted.</returns>
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

            // Even evicting everything else would not make enough room.
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

    /// <summary>Waits for a free request slot and takes it.</summary>
    /// <returns>The slot. Disposing of it returns it.</returns>
    /// <exception cref="OperationCanceledException">The shipment was interrupted. No slot is taken.</exception>
    internal async ValueTask<RequestSlot> EnterAsync(Shipment shipment, CancellationToken cancellationToken)
    {
        SlotWait request;
        lock (_lock)
        {
            // The token of the interruption may not be cancelled yet; a request that begins now would only be aborted.
            if (shipment.Interruption != Interruption.None)
            {
                throw new OperationCanceledException();
            }

            if (_schedule.TryEnter(shipment))
            {
                return new RequestSlot(this, shipment, time);
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

        return new RequestSlot(this, shipment, time);
    }

    /// <summary>Returns a slot. Called by <see cref="RequestSlot.Dispose"/> only.</summary>
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

    /// <summary>Marks a shipment as stored on disk, so that flushes no longer wait for it.</summary>
    internal void SettleTicket(Shipment shipment)
    {
        using Lock.Scope held = _lock.EnterScope();
        SettleTicket_NeedsLock(shipment);
    }

    /// <summary>Removes shipments from the queues of failing destinations that have waited there longer than the given time.</summary>
    internal void SpillAged(TimeSpan after)
    {
        List<Shipment> aged;
        lock (_lock)
        {
            aged = _schedule.TakeAged(shipment => time.GetElapsedTime(shipment.TakenAt) >= after);
        }

        Drop(aged, Interruption.Spilled);
    }

    /// <summary>Returns the earliest time after which <see cref="SpillAged"/> may have something to do.</summary>
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

    /// <summary>Interrupts a shipment because the service would no longer accept it.</summary>
    internal void Expire(Shipment shipment)
    {
        CancellationTokenSource interrupter;
        lock (_lock)
        {
            interrupter = shipment.Interrupt_NeedsLock(Interruption.TooOld);
        }

        _interruptions.Cancel(interrupter);
    }

    /// <summary>Ends a run of the resilience pipeline. From here on only the shipment's own flow decides its outcome.</summary>
    /// <returns>The reason for an interruption, if there was one. After <see cref="Interruption.RetryNow"/> the shipment can run
    /// again.</returns>
    internal Interruption EndRun(Shipment shipment)
    {
        using Lock.Scope held = _lock.EnterScope();
        _schedule.Settle(shipment);
        Interruption why = shipment.Interruption;
        if (why == Interruption.RetryNow)
        {
            shipment.Renew_NeedsLock();
        }

        return why;
    }

    /// <summary>Removes a shipment. Its outcome must already be in the ledger, because a flush may complete now.</summary>
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

    /// <summary>Refuses new shipments and delivers the rest without long pauses.</summary>
    /// <returns>A task that completes when nothing is left.</returns>
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

    /// <summary>Gives up everything that is left.</summary>
    internal void Abandon()
    {
        List<Shipment> queued;
        lock (_lock)
        {
            (queued, List<Shipment> begun) = _schedule.Empty();

            // If the pool has no free thread, started flows may not run before the deadline. Their shipments are dropped like queued ones.
            List<Shipment> waiting = begun.FindAll(s => s.TryTakeFlow());
            queued.AddRange(waiting);
            Interrupt_NeedsLock(begun.Except(waiting), Interruption.Deadline);
        }

        Drop(queued, Interruption.Deadline);
    }

    /// <summary>
    /// Returns a task that completes when pending interruptions have been delivered; the timers they cancel are disposed of only then.
    /// </summary>
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
                // The destination has recovered; the other shipments of its window need not wait for the pauses they drew during the
                // outage.
                shipment.Lane.Stalled = false;
                Interrupt_NeedsLock(_schedule.Pausing(shipment.Lane), Interruption.RetryNow);
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

    // Pauses that are already short are not cut; otherwise many callers that flush would turn an outage into a burst of retries.
    private void HurryLongPauses_NeedsLock() =>
        Interrupt_NeedsLock(_schedule.Pausing().Where(s => s.Pause > RetrySchedule.LongestWhenUrgent), Interruption.RetryNow);

    private void Interrupt_NeedsLock(IEnumerable<Shipment> shipments, Interruption why) =>
        _interruptions.Send_NeedsLock([.. shipments.Select(d => d.Interrupt_NeedsLock(why))], onOwnThread: _closed);

    private void Drop(List<Shipment>? queued, Interruption why) => queued?.ForEach(d => drop(d, why));
}
