using System.Diagnostics;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Decides which shipment goes next, which waits, and which has to make room. Knows no thread, no clock and no sink.</summary>
/// <remarks>
/// Each destination has a lane with a window: at most so many of its shipments have begun. While a destination is out, only its window
/// knocks, each at its own pace; the rest stays in the queue instead of failing in step. One shipment that never succeeds takes one place of
/// one window. Requests under way are limited over all lanes; a pausing shipment holds none.
/// </remarks>
/// <threadsafety>Guarded by the gate's lock.</threadsafety>
internal sealed class DeliverySchedule(int mostRequests)
{
    // A window of one would let a single shipment hold up its destination.
    private readonly int _window = Math.Max(2, mostRequests);

    // All that is neither delivered nor lost, oldest first.
    private readonly LinkedList<Shipment> _outstanding = new();
    private readonly Dictionary<(string Operation, string Destination), DeliveryLane> _lanes = [];
    private readonly List<SlotRequest> _slotRequests = [];

    internal ConcurrencyLimit Limit { get; } = new(mostRequests);

    internal int Requests { get; private set; }

    internal long WaitingBytes { get; private set; }

    /// <summary>Gets the bytes of all that is neither delivered nor lost, whether it waits or is being sent.</summary>
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

        shipment.Lane = lane;
        lane.Queued.Enqueue(shipment);
        _outstanding.AddLast(shipment.Node);
        shipment.OutstandingBytes = shipment.Bytes;
        OutstandingBytes += shipment.OutstandingBytes;
        Wait(shipment, ShipmentState.Queued);
    }

    /// <summary>Begins the oldest shipment whose lane has room, if a request is free. It holds that request from now on.</summary>
    internal Shipment? BeginNext()
    {
        if (Requests >= Limit.Current)
        {
            return null;
        }

        DeliveryLane? next = null;
        foreach (DeliveryLane lane in _lanes.Values)
        {
            if (lane.Queued.Count > 0 && lane.Begun.Count < _window && (next is null || lane.Queued.Peek().Sequence < next.Queued.Peek().Sequence))
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
        shipment.HasReservedSlot = true;
        Requests++;
        Work(shipment, ShipmentState.Attempting);
        return shipment;
    }

    /// <summary>Takes a request for an attempt: the one the shipment was begun with, or a free one.</summary>
    internal bool TryEnter(Shipment shipment)
    {
        if (shipment.HasReservedSlot)
        {
            shipment.HasReservedSlot = false;
        }
        else if (Requests < Limit.Current)
        {
            Requests++;
        }
        else
        {
            return false;
        }

        shipment.ActiveAttempts++;
        Work(shipment, ShipmentState.Attempting);
        return true;
    }

    internal SlotRequest RequestSlot(Shipment shipment)
    {
        SlotRequest request = new(shipment);
        _slotRequests.Add(request);
        if (shipment.ActiveAttempts == 0)
        {
            Wait(shipment, ShipmentState.AwaitingSlot);
        }

        return request;
    }

    /// <summary>Gives a free request to the oldest shipment that asked for one.</summary>
    internal bool TryGrant()
    {
        if (Requests >= Limit.Current || _slotRequests.MinBy(r => r.Shipment.Sequence) is not { } request)
        {
            return false;
        }

        _slotRequests.Remove(request);
        bool entered = TryEnter(request.Shipment);
        Debug.Assert(entered, "A request was free a moment ago, under the same lock.");
        request.Grant();
        return true;
    }

    /// <returns>Whether the request was still waiting; otherwise it has been granted and the caller must leave.</returns>
    internal bool Withdraw(SlotRequest request)
    {
        _slotRequests.Remove(request);
        if (request.Granted.IsCompleted)
        {
            return false;
        }

        Pause(request.Shipment);
        return true;
    }

    /// <summary>Gives the request back. The shipment pauses, or its fate is settled.</summary>
    internal void Leave(Shipment shipment, bool pauses)
    {
        Requests--;
        shipment.ActiveAttempts--;
        if (pauses)
        {
            Pause(shipment);
        }
        else
        {
            Settle(shipment);
        }
    }

    /// <summary>The shipment's fate is being decided: it neither waits nor can it be evicted or hurried.</summary>
    internal void Settle(Shipment shipment) => Work(shipment, ShipmentState.Settling);

    /// <summary>Forgets a shipment whose fate is booked.</summary>
    internal void Remove(Shipment shipment)
    {
        Work(shipment, ShipmentState.Settling);
        if (shipment.HasReservedSlot)
        {
            shipment.HasReservedSlot = false;
            Requests--;
        }

        if (shipment.Node.List is not null)
        {
            _outstanding.Remove(shipment.Node);
            OutstandingBytes -= shipment.OutstandingBytes;
        }

        DeliveryLane lane = shipment.Lane!;
        lane.Begun.Remove(shipment);
        (string, string) key = (shipment.Header.Operation, shipment.Header.Destination);

        // An evicted shipment is in its lane no longer, so the lane may have ended before it, and another have taken its place.
        if (lane.IsEmpty && _lanes.TryGetValue(key, out DeliveryLane? current) && ReferenceEquals(current, lane))
        {
            _lanes.Remove(key);
        }
    }

    /// <summary>Takes out the oldest waiting shipment.</summary>
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

    /// <summary>Takes out of the queues of failing lanes what is old enough.</summary>
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

    /// <summary>Tells when the oldest shipment was taken that is queued in a failing lane, as a timestamp.</summary>
    /// <param name="otherwise">What is told when lanes fail that have nothing queued.</param>
    /// <returns><see langword="null"/> when no lane fails.</returns>
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

    /// <summary>Takes out all that has not begun, and lists what has.</summary>
    internal (List<Shipment> Queued, List<Shipment> Begun) Empty()
    {
        List<Shipment> queued = [.. _outstanding.Where(d => d.State == ShipmentState.Queued)];
        queued.ForEach(Evict);
        return (queued, [.. _outstanding.Where(d => d.State != ShipmentState.Queued && d.Lane!.Begun.Contains(d))]);
    }

    /// <summary>Lists the shipments that pause, in one lane or in all.</summary>
    internal IEnumerable<Shipment> Pausing(DeliveryLane? lane = null) =>
        (lane?.Begun ?? _lanes.Values.SelectMany(l => l.Begun)).Where(d => d.State == ShipmentState.Pausing && d.Interruption == Interruption.None);

    private static bool IsWaiting(Shipment shipment) => shipment.State <= ShipmentState.AwaitingSlot;

    private void Evict(Shipment shipment)
    {
        if (shipment.State == ShipmentState.Queued)
        {
            // What is older in this lane's queue has been begun or evicted before, so this one stands at its head.
            Shipment head = shipment.Lane!.Queued.Dequeue();
            Debug.Assert(ReferenceEquals(head, shipment), "Lanes are first in, first out, and so is eviction.");
        }

        _slotRequests.RemoveAll(r => ReferenceEquals(r.Shipment, shipment));
        Settle(shipment);
    }

    private void Pause(Shipment shipment)
    {
        // A hedged attempt may end after its shipment's fate was decided by another one.
        if (shipment.ActiveAttempts > 0 || shipment.State == ShipmentState.Settling || shipment.Interruption > Interruption.Hurry)
        {
            return;
        }

        shipment.Pause = TimeSpan.MaxValue;
        Wait(shipment, ShipmentState.Pausing);
        DeliveryLane lane = shipment.Lane!;
        lane.Stalled |= lane.Begun.Count >= _window && lane.Begun.TrueForAll(d => d.State == ShipmentState.Pausing);
    }

    private void Wait(Shipment shipment, ShipmentState state)
    {
        WaitingBytes -= shipment.WaitingBytes;
        shipment.WaitingBytes = shipment.Bytes;
        WaitingBytes += shipment.WaitingBytes;
        shipment.State = state;
    }

    private void Work(Shipment shipment, ShipmentState state)
    {
        WaitingBytes -= shipment.WaitingBytes;
        shipment.WaitingBytes = 0;
        shipment.State = state;
    }
}
