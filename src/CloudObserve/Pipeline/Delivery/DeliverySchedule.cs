using System.Diagnostics;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Decides which delivery goes next, which waits, and which has to make room. Knows no thread, no clock and no sink.</summary>
/// <remarks>
/// Each destination has a lane with a window: at most so many of its deliveries have begun. While a destination is out, only its window
/// knocks, each at its own pace; the rest stays in the queue instead of failing in step. One delivery that never succeeds takes one place of
/// one window. Requests under way are limited over all lanes; a pausing delivery holds none.
/// </remarks>
/// <threadsafety>Guarded by the gate's lock.</threadsafety>
internal sealed class DeliverySchedule(int mostRequests)
{
    // A window of one would let a single delivery hold up its destination.
    private readonly int _window = Math.Max(2, mostRequests);

    // All that is neither delivered nor lost, oldest first.
    private readonly LinkedList<Delivery> _outstanding = new();
    private readonly Dictionary<(string Operation, string Destination), DeliveryLane> _lanes = [];
    private readonly List<SlotRequest> _slotRequests = [];

    internal ConcurrencyLimit Limit { get; } = new(mostRequests);

    internal int Requests { get; private set; }

    internal long WaitingBytes { get; private set; }

    internal int WaitingBatches => _outstanding.Count(IsWaiting);

    internal DateTimeOffset? OldestCreatedAt => _outstanding.First?.Value.Header.CreatedAt;

    internal void Add(Delivery delivery)
    {
        (string, string) key = (delivery.Header.Operation, delivery.Header.Destination);
        if (!_lanes.TryGetValue(key, out DeliveryLane? lane))
        {
            _lanes[key] = lane = new DeliveryLane();
        }

        delivery.Lane = lane;
        lane.Queued.Enqueue(delivery);
        _outstanding.AddLast(delivery.Node);
        Wait(delivery, DeliveryState.Queued);
    }

    /// <summary>Begins the oldest delivery whose lane has room, if a request is free. It holds that request from now on.</summary>
    internal Delivery? BeginNext()
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

        Delivery delivery = next.Queued.Dequeue();
        next.Begun.Add(delivery);
        delivery.HasReservedSlot = true;
        Requests++;
        Work(delivery, DeliveryState.Attempting);
        return delivery;
    }

    /// <summary>Takes a request for an attempt: the one the delivery was begun with, or a free one.</summary>
    internal bool TryEnter(Delivery delivery)
    {
        if (delivery.HasReservedSlot)
        {
            delivery.HasReservedSlot = false;
        }
        else if (Requests < Limit.Current)
        {
            Requests++;
        }
        else
        {
            return false;
        }

        delivery.ActiveAttempts++;
        Work(delivery, DeliveryState.Attempting);
        return true;
    }

    internal SlotRequest RequestSlot(Delivery delivery)
    {
        SlotRequest request = new(delivery);
        _slotRequests.Add(request);
        if (delivery.ActiveAttempts == 0)
        {
            Wait(delivery, DeliveryState.AwaitingSlot);
        }

        return request;
    }

    /// <summary>Gives a free request to the oldest delivery that asked for one.</summary>
    internal bool TryGrant()
    {
        if (Requests >= Limit.Current || _slotRequests.MinBy(r => r.Delivery.Sequence) is not { } request)
        {
            return false;
        }

        _slotRequests.Remove(request);
        bool entered = TryEnter(request.Delivery);
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

        Pause(request.Delivery);
        return true;
    }

    /// <summary>Gives the request back. The delivery pauses, or its fate is settled.</summary>
    internal void Leave(Delivery delivery, bool pauses)
    {
        Requests--;
        delivery.ActiveAttempts--;
        if (pauses)
        {
            Pause(delivery);
        }
        else
        {
            Settle(delivery);
        }
    }

    /// <summary>The delivery's fate is being decided: it neither waits nor can it be evicted or hurried.</summary>
    internal void Settle(Delivery delivery) => Work(delivery, DeliveryState.Settling);

    /// <summary>Forgets a delivery whose fate is booked.</summary>
    internal void Remove(Delivery delivery)
    {
        Work(delivery, DeliveryState.Settling);
        if (delivery.HasReservedSlot)
        {
            delivery.HasReservedSlot = false;
            Requests--;
        }

        if (delivery.Node.List is not null)
        {
            _outstanding.Remove(delivery.Node);
        }

        DeliveryLane lane = delivery.Lane!;
        lane.Begun.Remove(delivery);
        (string, string) key = (delivery.Header.Operation, delivery.Header.Destination);

        // An evicted delivery is in its lane no longer, so the lane may have ended before it, and another have taken its place.
        if (lane.IsEmpty && _lanes.TryGetValue(key, out DeliveryLane? current) && ReferenceEquals(current, lane))
        {
            _lanes.Remove(key);
        }
    }

    /// <summary>Takes out the oldest waiting delivery.</summary>
    internal Delivery? EvictOldest()
    {
        for (LinkedListNode<Delivery>? node = _outstanding.First; node is not null; node = node.Next)
        {
            if (IsWaiting(node.Value))
            {
                Evict(node.Value);
                return node.Value;
            }
        }

        return null;
    }

    /// <summary>Takes out all that has not begun, and lists what has.</summary>
    internal (List<Delivery> Queued, List<Delivery> Begun) Empty()
    {
        List<Delivery> queued = [.. _outstanding.Where(d => d.State == DeliveryState.Queued)];
        queued.ForEach(Evict);
        return (queued, [.. _outstanding.Where(d => d.State != DeliveryState.Queued && d.Lane!.Begun.Contains(d))]);
    }

    /// <summary>Lists the deliveries that pause, in one lane or in all.</summary>
    internal IEnumerable<Delivery> Pausing(DeliveryLane? lane = null) =>
        (lane?.Begun ?? _lanes.Values.SelectMany(l => l.Begun)).Where(d => d.State == DeliveryState.Pausing && d.Interruption == Interruption.None);

    private static bool IsWaiting(Delivery delivery) => delivery.State <= DeliveryState.AwaitingSlot;

    private void Evict(Delivery delivery)
    {
        if (delivery.State == DeliveryState.Queued)
        {
            // What is older in this lane's queue has been begun or evicted before, so this one stands at its head.
            Delivery head = delivery.Lane!.Queued.Dequeue();
            Debug.Assert(ReferenceEquals(head, delivery), "Lanes are first in, first out, and so is eviction.");
        }

        _slotRequests.RemoveAll(r => ReferenceEquals(r.Delivery, delivery));
        Settle(delivery);
    }

    private void Pause(Delivery delivery)
    {
        // A hedged attempt may end after its delivery's fate was decided by another one.
        if (delivery.ActiveAttempts > 0 || delivery.State == DeliveryState.Settling || delivery.Interruption > Interruption.Hurry)
        {
            return;
        }

        Wait(delivery, DeliveryState.Pausing);
        DeliveryLane lane = delivery.Lane!;
        lane.Stalled |= lane.Begun.Count >= _window && lane.Begun.TrueForAll(d => d.State == DeliveryState.Pausing);
    }

    private void Wait(Delivery delivery, DeliveryState state)
    {
        WaitingBytes -= delivery.WaitingBytes;
        delivery.WaitingBytes = delivery.Bytes;
        WaitingBytes += delivery.WaitingBytes;
        delivery.State = state;
    }

    private void Work(Delivery delivery, DeliveryState state)
    {
        WaitingBytes -= delivery.WaitingBytes;
        delivery.WaitingBytes = 0;
        delivery.State = state;
    }
}
