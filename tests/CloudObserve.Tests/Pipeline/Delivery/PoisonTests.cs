using CloudObserve.Delivery;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Tests.Pipeline.Delivery;

public sealed class PoisonTests
{
    private static readonly string[] Eight = ["a", "b", "c", "d", "e", "f", "g", "h"];

    [Theory]
    [InlineData(ErrorClass.Invalid, nameof(LossReason.Rejected))]
    [InlineData(ErrorClass.TooLarge, nameof(LossReason.TooLarge))]
    public async Task A_refused_batch_is_halved_until_the_item_at_fault_is_alone_and_the_rest_is_delivered(
        ErrorClass error, string reason)
    {
        ScriptedSink sink = new(
            (batch, _) => Batches.ItemsOf(batch).Contains("f") ? SendResult.Failed(error, "TheCode", "the words") : SendResult.Delivered());
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Make(Eight, [1, 2, 3, 4, 5, 6, 7, 8]));
        await fixture.Flush();

        Assert.Equal(["a b c d e f g h", "a b c d", "e f g h", "e f", "e", "f", "g h"], sink.Calls);
        Assert.Equal(["a", "b", "c", "d", "e", "g", "h"], sink.Taken);
        fixture.AssertBooks(30, (new LossReason(reason), 6));
        Assert.Equal([8, 4, 2], fixture.Events.Splits);
        Assert.Equal("PutThings to here: refused with TheCode: the words; the first item: f", fixture.Events.Losses.Single().Detail);
        Assert.All(sink.Batches, b => Assert.True(Batches.IsDisposed(b)));
    }

    [Fact]
    public async Task The_item_at_fault_is_shown_shortened()
    {
        ScriptedSink sink = new((_, _) => SendResult.Failed(ErrorClass.Invalid, "C", "m"));
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of(new string('é', 199) + "🙂" + new string('x', 5000)));
        await fixture.Flush();

        Assert.EndsWith("item: " + new string('é', 199) + "…", fixture.Events.Losses.Single().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Halves_are_retried_on_their_own()
    {
        HashSet<string> failedOnce = [];
        ScriptedSink sink = new((batch, _) =>
        {
            string[] items = Batches.ItemsOf(batch);
            return items.Length > 2 ? SendResult.Failed(ErrorClass.TooLarge, "", "")
                : failedOnce.Add(items[0]) ? SendResult.Failed(ErrorClass.Throttled, "", "")
                : SendResult.Delivered();
        });
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of(Eight));
        await fixture.Drive(fixture.Flush());

        Assert.Equal(Eight, sink.Taken);
        Assert.All(fixture.Events.Retries, r => Assert.Equal(1, r.Attempt));
        fixture.AssertBooks(8);
    }

    [Fact]
    public async Task A_batch_that_is_wrong_as_a_whole_does_not_cost_a_request_for_each_of_its_items()
    {
        ScriptedSink sink = new((_, _) => SendResult.Failed(ErrorClass.Invalid, "InvalidParameterValue", "the namespace"));
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of([.. Enumerable.Range(0, 10_000).Select(i => $"i{i}")]));
        await fixture.Flush();

        Assert.InRange(sink.Calls.Length, DeliveryRunner.MostPoisonItems, (2 * DeliveryRunner.MostPoisonItems) + 40);
        fixture.AssertBooks(0, (LossReason.Rejected, 10_000));
    }

    [Fact]
    public async Task Hundreds_of_items_at_fault_cost_no_sound_one()
    {
        // Three in a hundred, spread over the batch.
        ScriptedSink sink = new(
            (batch, _) => Batches.ItemsOf(batch).Any(i => i[0] == 'x')
                ? SendResult.Failed(ErrorClass.Invalid, "Bad", "no") : SendResult.Delivered());
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of([.. Enumerable.Range(0, 10_000).Select(i => i % 33 == 7 && i < 9_900 ? $"x{i}" : $"i{i}")]));
        await fixture.Flush();

        fixture.AssertBooks(9_700, (LossReason.Rejected, 300));
        Assert.InRange(sink.Calls.Length, 300, 300 * 14);
    }

    [Fact]
    public async Task What_a_service_drops_from_a_batch_it_took_is_lost_with_its_reason_and_weight()
    {
        RejectedItems[] rejected = [new(0, 2, LossReason.TooOld), new(6, 2, LossReason.TooNew)];
        ScriptedSink sink = new((_, _) => SendResult.PartlyDelivered(rejected));
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Make(Eight, [1, 2, 3, 4, 5, 6, 7, 8]));
        await fixture.Flush();

        fixture.AssertBooks(18, (LossReason.TooOld, 3), (LossReason.TooNew, 15));
        Assert.Equal(18, fixture.Events.Delivered.Single().Items);
    }

    [Fact]
    public async Task The_books_balance_whatever_runs_a_sink_names()
    {
        RejectedItems[] rejected = [
            new(-3, 5, LossReason.TooOld), new(1, 3, null!), new(7, int.MaxValue, LossReason.TooNew),
            new(50, 1, LossReason.TooNew)];
        ScriptedSink sink = new((_, _) => SendResult.PartlyDelivered(rejected));
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of(Eight));
        await fixture.Flush();

        fixture.AssertBooks(3, (LossReason.TooOld, 2), (LossReason.Rejected, 2), (LossReason.TooNew, 1));
    }

    [Fact]
    public async Task The_books_balance_also_when_the_list_of_a_sink_cannot_be_read()
    {
        LoopFixture fixture = new(new SinkWithUnreadableList());
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of(Eight));
        await fixture.Flush();

        Assert.Single(fixture.Events.Errors);
        fixture.AssertBooks(0, (LossReason.RetriesExhausted, 8));
    }

    private sealed class SinkWithUnreadableList : IBatchSink
    {
        public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken) =>
            ValueTask.FromResult(SendResult.PartlyDelivered(new Unreadable()));
    }

    private sealed class Unreadable : IReadOnlyList<RejectedItems>
    {
        public int Count => 1;

        public RejectedItems this[int index] => throw new NotSupportedException();

        public IEnumerator<RejectedItems> GetEnumerator() => throw new NotSupportedException();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
