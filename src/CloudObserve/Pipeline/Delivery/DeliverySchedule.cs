using System.Diagnostics;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Decides which shipment goes next, which waits, and which is evicted. Uses no thread, no clock and no sink.</summary>
/// <remarks>
/// Each destination has a lane with a window, which limits how many of its shipments have begun. While a destination is down, only the
/// shipments in its window are retried, each with its own pause; the rest stay queued. A shipment that never succeeds therefore takes only
/// one place in one window. The number of running requests is limited over all lanes; a pausing shipment holds no request slot.
/// </remarks>
/// <threadsafety>Guarded by the lock of <see cref="DeliveryQueue"/>.</threadsafety>
internal sealed class DeliverySchedule(int mostRequests)
{
    // With a window of one, a single shipment could block its destination.
    private readonly int _window = Math.Max(2, mostRequests);

    // Every shipment that is neither delivered nor lost, oldest first.
    private readonly LinkedList<Shipment> _outstanding = new();
    private readonly Dictionary<(string Operation, string Destination), DeliveryLane> _lanes = [];
    private readonly List<SlotWait> _slotRequests = [];

    internal ConcurrencyLimit Limit { get; } = new(mostRequests);

    internal int Requests { get; private set; }

    internal long WaitingBytes { get; private set; }

    /// <summary>Gets the bytes of every shipment that is neither delivered nor lost, whether it waits or is being sent.</summary>
    internal long OutstandingBytes { get; private set; }

    internal int WaitingBatches => _outstanding.Count(IsWaiting);

    internal Shipment? Oldest => _outstanding.First?.Value;

    internal bool IsEmpty => _outstanding.Count == 0;

    internal void Add(Shipment shipment)
    {
        (string, string) key = (shipment.Header.Operation, shipment.Header.Destination);
        if (!_lanes.TryGetValue(key, out DeliveryLane? lane))
        {
            _lanes[key] = lane = new DeliveryLane();
        }

        shipment.Place.Lane = lane;
        lane.Queued.Enqueue(shipment);
        _outstanding.AddLast(shipment.Node);
        shipment.Place.OutstandingBytes = shipment.Run.Bytes;
        OutstandingBytes += shipment.Place.OutstandingBytes;
        Wait(shipment, ShipmentState.Queued);
    }

    /// <summary>
    /// Begins the oldest shipment whose lane has room, if a request slot is free. The shipment holds that slot from now on.
    /// </summary>
    internal Shipment? BeginNext()
    {
        if (Requests >= Limit.Current)
        {
            return null;
        }

        DeliveryLane? next = null;
        foreach (DeliveryLane lane in _lanes.Values)
        {
            if (lane.Queued.Count > 0 && lane.Begun.Count < _window
                && (next is null || lane.Queued.Peek().Place.Sequence < next.Queued.Peek().Place.Sequence))
            {
                next = lane;
            }
        }

        if (next is null)
        {
            return null;
        }

        Shipment shipment = next.Queued.Dequeue();
        next.Begun.Add(shipment);
        shipment.Place.HasReservedSlot = true;
        Requests++;
        Work(shipment, ShipmentState.Attempting);
        return shipment;
    }

    /// <summary>Takes a request slot for an attempt: the slot reserved for the shipment, or a free one.</summary>
    internal bool TryEnter(Shipment shipment)
    {
        if (shipment.Place.HasReservedSlot)
        {
            shipment.Place.HasReservedSlot = false;
        }
        else if (Requests < Limit.Current)
        {
            Requests++;
        }
        else
        {
            return false;
        }

        shipment.Place.ActiveAttempts++;
        Work(shipment, ShipmentState.Attempting);
        return true;
    }

    internal SlotWait WaitForSlot(Shipment shipment)
    {
        SlotWait request = new(shipment);
        _slotRequests.Add(request);
        if (shipment.Place.ActiveAttempts == 0)
        {
            Wait(shipment, ShipmentState.AwaitingSlot);
        }

        return request;
    }

    /// <summary>Grants a free request slot to the oldest shipment that waits for one.</summary>
    internal bool TryGrant()
    {
        if (Requests >= Limit.Current || _slotRequests.MinBy(r => r.Shipment.Place.Sequence) is not { } request)
        {
            return false;
        }

        _slotRequests.Remove(request);
        bool entered = TryEnter(request.Shipment);
        Debug.Assert(entered, "A slot was free just before, under the same lock.");
        request.Grant();
        return true;
    }

    /// <returns>Whether the request was still waiting. Otherwise it has been granted, and the caller must return the slot.</returns>
    internal bool Withdraw(SlotWait request)
    {
        _slotRequests.Remove(request);
        if (request.Granted.IsCompleted)
        {
            return false;
        }

        Pause(request.Shipment);
        return true;
    }

    /// <summary>Returns the request slot. The shipment then pauses, or its outcome is decided.</summary>
    internal void Leave(Shipment shipment, bool pauses)
    {
        Requests--;
        shipment.Place.ActiveAttempts--;
        if (pauses)
        {
            Pause(shipment);
        }
        else
        {
            Settle(shipment);
        }
    }

    /// <summary>Marks a shipment whose outcome is being decided: it does not wait, and cannot be evicted or hurried.</summary>
    internal void Settle(Shipment shipment) => Work(shipment, ShipmentState.Settling);

    /// <summary>Removes a shipment whose outcome has been recorded.</summary>
    internal void Remove(Shipment shipment)
    {
        Work(shipment, ShipmentState.Settling);
        if (shipment.Place.HasReservedSlot)
        {
            shipment.Place.HasReservedSlot = false;
            Requests--;
        }

        if (shipment.Node.List is not null)
        {
            _outstanding.Remove(shipment.Node);
            OutstandingBytes -= shipment.Place.OutstandingBytes;
        }

        DeliveryLane lane = shipment.Place.Lane!;
        lane.Begun.Remove(shipment);
        (string, string) key = (shipment.Header.Operation, shipment.Header.Destination);

        // An evicted shipment is no longer in its lane, so the lane may already have been removed and replaced by another.
        if (lane.IsEmpty && _lanes.TryGetValue(key, out DeliveryLane? current) && ReferenceEquals(current, lane))
        {
            _lanes.Remove(key);
        }
    }

    /// <summary>Removes and returns the oldest waiting shipment.</summary>
    internal Shipment? EvictOldest()
    {
        for (LinkedListNode<Shipment>? node = _outstanding.First; node is not null; node = node.Next)
        {
            if (IsWaiting(node.Value))
            {
                Evict(node.Value);
                return node.Value;
            }
        }

        return null;
    }

    /// <summary>Removes and returns the shipments that are old enough from the queues of failing lanes.</summary>
    internal List<Shipment> TakeAged(Predicate<Shipment> isOld)
    {
        List<Shipment> aged = [];
        foreach (DeliveryLane lane in _lanes.Values.Where(l => l.IsFailing))
        {
            while (lane.Queued.TryPeek(out Shipment? head) && isOld(head))
            {
                Evict(head);
                aged.Add(head);
            }
        }

        return aged;
    }

    /// <summary>Returns the timestamp at which the oldest queued shipment of a failing lane was taken.</summary>
    /// <param name="otherwise">The value for a failing lane without queued shipments.</param>
    /// <returns>The timestamp, or <see langword="null"/> if no lane is failing.</returns>
    internal long? OldestQueuedWhereFailing(long otherwise)
    {
        long? oldest = null;
        foreach (DeliveryLane lane in _lanes.Values.Where(l => l.IsFailing))
        {
            long head = lane.Queued.TryPeek(out Shipment? first) ? first.TakenAt : otherwise;
            oldest = oldest < head ? oldest : head;
        }

        return oldest;
    }

    /// <summary>Removes all shipments that have not begun, and lists those that have.</summary>
    internal (List<Shipment> Queued, List<Shipment> Begun) Empty()
    {
        List<Shipment> queued = [.. _outstanding.Where(d => d.Place.State == ShipmentState.Queued)];
        queued.ForEach(Evict);
        return (queued, [.. _outstanding.Where(d => d.Place.State != ShipmentState.Queued && d.Place.Lane!.Begun.Contains(d))]);
    }

    /// <summary>Lists the pausing shipments, of one lane or of all.</summary>
    internal IEnumerable<Shipment> Pausing(DeliveryLane? lane = null) =>
        (lane?.Begun ?? _lanes.Values.SelectMany(l => l.Begun)).Where(
            d => d.Place.State == ShipmentState.Pausing && d.Place.Interruption == Interruption.None);

    private static bool IsWaiting(Shipment shipment) => shipment.Place.State <= ShipmentState.AwaitingSlot;

    private void Evict(Shipment shipment)
    {
        if (shipment.Place.State == ShipmentState.Queued)
        {
            // Older shipments of this lane's queue have already begun or been evicted, so this one is at the head.
            Shipment head = shipment.Place.Lane!.Queued.Dequeue();
            Debug.Assert(ReferenceEquals(head, shipment), "Eviction must follow the order of the queue.");
        }

        _slotRequests.RemoveAll(r => ReferenceEquals(r.Shipment, shipment));
        Settle(shipment);
    }

    private void Pause(Shipment shipment)
    {
        // A hedged attempt may end after another attempt has decided the shipment's outcome.
        ShipmentPlace place = shipment.Place;
        if (place.ActiveAttempts > 0 || place.State == ShipmentState.Settling || place.Interruption > Interruption.RetryNow)
        {
            return;
        }

        shipment.Place.Pause = TimeSpan.MaxValue;
        Wait(shipment, ShipmentState.Pausing);
        DeliveryLane lane = shipment.Place.Lane!;
        lane.Stalled |= lane.Begun.Count >= _window && lane.Begun.TrueForAll(d => d.Place.State == ShipmentState.Pausing);
    }

    private void Wait(Shipment shipment, ShipmentState state)
    {
        WaitingBytes -= shipment.Place.WaitingBytes;
        shipment.Place.WaitingBytes = shipment.Run.Bytes;
        WaitingBytes += shipment.Place.WaitingBytes;
        shipment.Place.State = state;
    }

    private void Work(Shipment shipment, ShipmentState state)
    {
        WaitingBytes -= shipment.Place.WaitingBytes;
        shipment.Place.WaitingBytes = 0;
        shipment.Place.State = state;
    }
}
