using CloudObserve.Delivery;
using CloudObserve.Sinks;
using CloudObserve.Tests.Contracts;
using CloudObserve.Tests.Pipeline.Delivery;

namespace CloudObserve.Tests.Sinks;

public sealed class RetimedEventsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_was_logged_before_the_clock_was_set_back_gets_the_present_time_and_keeps_its_order()
    {
        using Batch batch = LogBatch.Weighing(
            [1, 2, 4], LogBatch.Group, LogBatch.Stream, LogBatch.Event(Noon, "now"), LogBatch.Event(Noon.AddHours(3), "a"),
            LogBatch.Event(Noon.AddHours(4), "b"));
        using RetimedEvents retimed =
            RetimedEvents.Make(batch, Rejected(new RejectedItems(1, 2, LossReason.TooNew)), clock: Noon, service: Noon)!;

        Assert.Equal([LogBatch.Event(Noon, "a"), LogBatch.Event(Noon, "b")], Batches.ItemsOf(retimed.Batch));
        Assert.Equal(6, retimed.Batch.Weight);
        Assert.Equal(batch.Header, retimed.Batch.Header);
        using Batch expected = LogBatch.Of(LogBatch.Event(Noon, "a"), LogBatch.Event(Noon, "b"));
        Assert.Equal(expected.Body.ToArray(), retimed.Batch.Body.ToArray());
        Assert.Empty(retimed.Combine(SendResult.Delivered()).Rejected);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(24 * 90)]
    [InlineData(-24 * 20)]
    [InlineData(-24 * 9_000)]
    public void A_clock_that_is_wrong_is_put_right_by_the_services(int hours)
    {
        DateTimeOffset clock = Noon.AddHours(hours);
        using Batch batch = LogBatch.Of(LogBatch.Event(clock.AddSeconds(-2), "a"), LogBatch.Event(clock.AddSeconds(-1), "b"));
        LossReason reason = hours > 0 ? LossReason.TooNew : LossReason.TooOld;
        using RetimedEvents retimed = RetimedEvents.Make(batch, Rejected(new RejectedItems(0, 2, reason)), clock, service: Noon)!;

        Assert.Equal([LogBatch.Event(Noon.AddSeconds(-2), "a"), LogBatch.Event(Noon.AddSeconds(-1), "b")], Batches.ItemsOf(retimed.Batch));
    }

    [Fact]
    public void What_is_really_too_old_is_not_sent_again()
    {
        using Batch batch = LogBatch.Of(LogBatch.Event(Noon.AddDays(-15)), LogBatch.Event(Noon.AddDays(-2)), LogBatch.Event(Noon));

        Assert.Null(RetimedEvents.Make(
            batch, Rejected(new RejectedItems(0, 2, LossReason.TooOld)), clock: Noon.AddMinutes(1), service: Noon));
        Assert.Null(RetimedEvents.Make(batch, SendResult.Delivered(), clock: Noon, service: Noon));
    }

    [Fact]
    public void What_is_dropped_again_is_lost_and_a_failure_sends_everything_again()
    {
        using Batch batch = LogBatch.Of(
            LogBatch.Event(Noon.AddDays(-15)), LogBatch.Event(Noon), LogBatch.Event(Noon.AddHours(3)), LogBatch.Event(Noon.AddHours(3)));
        SendResult first = Rejected(new RejectedItems(0, 1, LossReason.TooOld), new RejectedItems(2, 2, LossReason.TooNew));
        using RetimedEvents retimed = RetimedEvents.Make(batch, first, clock: Noon, service: Noon)!;

        Assert.Equal(
            [new RejectedItems(0, 1, LossReason.TooOld), new RejectedItems(3, 1, LossReason.TooNew)],
            retimed.Combine(Rejected(new RejectedItems(1, 1, LossReason.TooNew))).Rejected);
        SendResult failed = SendResult.Failed(ErrorClass.Throttled, "Throttling", "");
        Assert.Same(failed, retimed.Combine(failed));
        Assert.Equal(first.Rejected, retimed.Combine(SendResult.Failed(ErrorClass.Invalid, "InvalidParameterException", "")).Rejected);
    }

    [Fact]
    public void Items_of_another_form_and_places_outside_of_the_batch_are_let_be()
    {
        using Batch things = Batches.Of("a", "b");
        Assert.Null(RetimedEvents.Make(things, Rejected(new RejectedItems(0, 2, LossReason.TooNew)), clock: Noon, service: Noon));
        using Batch batch = LogBatch.Of(LogBatch.Event(Noon.AddHours(3)));
        using RetimedEvents retimed = RetimedEvents.Make(
            batch, Rejected(new RejectedItems(-2, 9, LossReason.TooNew), new RejectedItems(0, 1, LossReason.TooNew)), clock: Noon,
            service: Noon)!;
        Assert.Single(Batches.ItemsOf(retimed.Batch));
    }

    private static SendResult Rejected(params RejectedItems[] runs) => SendResult.PartlyDelivered(runs);
}
