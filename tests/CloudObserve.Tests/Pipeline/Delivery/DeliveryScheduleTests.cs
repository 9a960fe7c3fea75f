using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Tests.Pipeline.Delivery;

public sealed class DeliveryScheduleTests
{
    private readonly DeliverySchedule _schedule = new(2);
    private long _sequence;

    [Fact]
    public void The_oldest_goes_first_over_all_lanes()
    {
        Shipment one = Add("a"), two = Add("b"), three = Add("a");

        Assert.Same(one, _schedule.BeginNext());
        Assert.Same(two, _schedule.BeginNext());
        Assert.Null(_schedule.BeginNext());
        Assert.Equal((2, 1), (_schedule.Requests, _schedule.WaitingBatches));
        End(one);
        Assert.Same(three, _schedule.BeginNext());
    }

    [Fact]
    public void A_lane_lets_no_more_than_its_window_begin()
    {
        Shipment[] all = [Add("a"), Add("a"), Add("a")];
        Shipment other = Add("b");
        Fail(_schedule.BeginNext()!);
        Assert.False(all[0].Place.Lane!.Stalled);
        Fail(_schedule.BeginNext()!);

        Assert.True(all[0].Place.Lane!.Stalled);
        Assert.Same(other, _schedule.BeginNext());
        Assert.Null(_schedule.BeginNext());
        Assert.Equal([all[0], all[1]], _schedule.Pausing());
    }

    [Fact]
    public void The_oldest_waiting_is_evicted_whether_it_pauses_or_queues_and_none_under_way()
    {
        Shipment sending = Add("a"), pausing = Add("a"), queued = Add("b");
        Enter(_schedule.BeginNext()!);
        Fail(_schedule.BeginNext()!);
        Enter(_schedule.BeginNext()!);
        Shipment last = Add("a");

        Assert.Equal(ShipmentState.Attempting, sending.Place.State);
        Assert.Equal(ShipmentState.Attempting, queued.Place.State);
        Assert.Same(pausing, _schedule.EvictOldest());
        Assert.Same(last, _schedule.EvictOldest());
        Assert.Null(_schedule.EvictOldest());
        Assert.Equal(0, _schedule.WaitingBytes);
    }

    [Fact]
    public void An_evicted_delivery_that_ends_late_does_not_take_the_lane_of_its_successors_with_it()
    {
        Shipment blocking = Add("x"), second = Add("x");
        Enter(_schedule.BeginNext()!);
        Enter(_schedule.BeginNext()!);
        Shipment evicted = Add("a");
        Assert.Same(evicted, _schedule.EvictOldest());

        // The lane of "a" is empty but remembered by the evicted shipment alone, and then another one begins.
        Shipment filler = Add("a");
        Leave(blocking);
        Assert.Same(filler, _schedule.BeginNext());
        Enter(filler);
        Leave(filler);
        Shipment successor = Add("a");
        _schedule.Remove(evicted);
        Leave(second);

        Assert.Same(successor, _schedule.BeginNext());
    }

    [Fact]
    public void A_request_granted_in_the_moment_of_withdrawal_must_be_given_back_and_one_still_waiting_must_not()
    {
        Shipment one = Add("a"), two = Add("b"), three = Add("c");
        _schedule.Limit.Lower(1, 1);
        Fail(Enter(_schedule.BeginNext()!));
        Enter(_schedule.BeginNext()!);
        SlotWait request = _schedule.WaitForSlot(one);
        Assert.False(_schedule.TryGrant());
        Leave(two);
        Assert.True(_schedule.TryGrant());
        Assert.True(request.Granted.IsCompletedSuccessfully);
        Assert.False(_schedule.Withdraw(request));
        _schedule.Leave(one, pauses: true);
        Assert.Equal(0, _schedule.Requests);

        Enter(_schedule.BeginNext()!);
        Assert.Equal(ShipmentState.Attempting, three.Place.State);
        SlotWait waiting = _schedule.WaitForSlot(one);
        Assert.True(_schedule.Withdraw(waiting));
        Leave(three);
        Assert.False(_schedule.TryGrant());
        Assert.Equal(0, _schedule.Requests);
    }

    [Fact]
    public void A_request_slot_goes_to_the_oldest_that_asks()
    {
        Shipment[] all = [Add("a"), Add("b"), Add("c")];
        _schedule.Limit.Lower(1, 1);
        foreach (Shipment shipment in all)
        {
            Assert.Same(shipment, _schedule.BeginNext());
            Fail(Enter(shipment));
        }

        Shipment busy = Add("d");
        Enter(_schedule.BeginNext()!);
        SlotWait late = _schedule.WaitForSlot(all[2]), early = _schedule.WaitForSlot(all[0]);
        Leave(busy);
        Assert.True(_schedule.TryGrant());

        Assert.Equal((true, false), (early.Granted.IsCompleted, late.Granted.IsCompleted));
    }

    [Fact]
    public void One_round_of_throttling_lowers_the_limit_once_and_success_raises_it_step_by_step()
    {
        ConcurrencyLimit limit = new(8);
        limit.Lower(startedAt: 10, now: 20);
        limit.Lower(startedAt: 11, now: 21);
        Assert.Equal(4, limit.Current);
        limit.Lower(startedAt: 22, now: 30);
        limit.Lower(startedAt: 31, now: 40);
        limit.Lower(startedAt: 41, now: 50);
        Assert.Equal(1, limit.Current);
        limit.Succeeded(1000, 1001, TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, limit.Current);
        for (int i = 0; i < 100; i++)
        {
            limit.Succeeded(1000, 1001, TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(8, limit.Current);
    }

    private Shipment Add(string destination)
    {
        Shipment shipment = new(Batches.To(destination, "item"));
        shipment.Place.Sequence = ++_sequence;
        _schedule.Add(shipment);
        return shipment;
    }

    private Shipment Enter(Shipment shipment)
    {
        Assert.True(_schedule.TryEnter(shipment));
        return shipment;
    }

    private void Fail(Shipment shipment)
    {
        Assert.True(shipment.Place.ActiveAttempts > 0 || _schedule.TryEnter(shipment));
        _schedule.Leave(shipment, pauses: true);
    }

    private void End(Shipment shipment)
    {
        Enter(shipment);
        Leave(shipment);
    }

    private void Leave(Shipment shipment)
    {
        _schedule.Leave(shipment, pauses: false);
        _schedule.Remove(shipment);
    }
}
