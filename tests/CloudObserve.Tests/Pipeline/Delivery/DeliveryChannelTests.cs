using System.Text;
using CloudObserve.Delivery;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Testing;

namespace CloudObserve.Tests.Pipeline.Delivery;

public sealed class DeliveryChannelTests
{
    private static readonly LossReason Muted = new("Muted", isIntended: true);
    private static readonly LossReason NoReceiver = new("NoReceiver");

    private readonly RecordingEvents _events = new();
    private readonly ManualTimeProvider _time = new(Batches.Start);

    [Fact]
    public async Task What_is_sent_arrives_and_is_counted_with_its_weight()
    {
        ScriptedSink sink = new((_, _) => SendResult.Delivered());
        DeliveryChannel channel = Open(sink);

        channel.Send(Batches.Make(["a", "b"], [3, 4]));
        await channel.FlushAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);

        Assert.Equal(["a", "b"], sink.Taken);
        AssertBooks(channel, accepted: 7, delivered: 7);
    }

    [Fact]
    public void What_is_refused_is_counted_and_said_under_the_reason_of_the_channel()
    {
        DeliveryChannel channel = Open(new ScriptedSink((_, _) => SendResult.Delivered()));

        channel.Refuse(NoReceiver, new string('x', 600), 3);
        channel.Refuse(Muted, "muted on purpose", 2);
        channel.Refuse(new LossReason("Other"), "not a reason of this channel");
        channel.Refuse(null!, null!);
        channel.Refuse(NoReceiver, "nothing", 0);
        channel.Refuse(NoReceiver, "nothing", -1);

        AssertBooks(channel, accepted: 7, delivered: 0, (LossReason.Rejected, 2), (Muted, 2), (NoReceiver, 3));
        Assert.Equal([("NoReceiver", 3, 500), ("Rejected", 1, 28), ("Rejected", 1, 0)],
            _events.Losses.Select(l => (l.Reason, (int)l.Count, l.Detail.Length)));
    }

    [Fact]
    public async Task A_batch_that_cannot_be_sent_is_counted_and_said_and_nothing_is_thrown()
    {
        ScriptedSink sink = new((_, _) => SendResult.Delivered());
        DeliveryChannel channel = Open(sink);
        Batch disposed = Batches.Of("a", "b");
        disposed.Dispose();
        Batch sent = Batches.Of("c");

        channel.Send(null!);
        channel.Send(disposed);
        channel.Send(sent);
        channel.Send(sent);
        channel.Send(Batches.To(new string('d', 3_000), "e"));
        channel.Send(Batch.Create(new BatchHeader(null!, "here", Batches.Start, Batches.Start.AddDays(1)), "f"u8));
        await channel.FlushAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);

        Assert.Equal(["c"], sink.Taken);
        AssertBooks(channel, accepted: 7, delivered: 1, (LossReason.InvalidValue, 6));
        Assert.Equal(5, _events.Losses.Count);
    }

    [Fact]
    public async Task An_outage_of_ten_minutes_delays_and_loses_nothing()
    {
        DateTimeOffset end = Batches.Start.AddMinutes(10);
        ScriptedSink sink = new((_, _) => _time.GetUtcNow() < end
            ? SendResult.Failed(ErrorClass.Unavailable, "ServiceUnavailable", "down") : SendResult.Delivered());
        DeliveryChannel channel = Open(sink);
        for (int i = 0; i < 20; i++)
        {
            channel.Send(Batches.To($"receiver {i % 3}", $"{i}"));
        }

        // The clock begins to move when each receiver has failed.
        await LoopFixture.Until(() => _events.Retries.Count >= 3);
        await LoopFixture.Until(() =>
        {
            _time.Advance(channel.Gauges.Requests == 0 ? TimeSpan.FromSeconds(1) : TimeSpan.Zero);
            return channel.Ledger.Snapshot().InFlight == 0;
        });

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}").Order(), sink.Taken.Order());
        AssertBooks(channel, accepted: 20, delivered: 20);
        Assert.True(_time.GetUtcNow() >= end);
    }

    [Fact]
    public async Task A_sink_that_throws_or_returns_nonsense_does_not_unbalance_the_ledger()
    {
        int call = 0;
        AnsweringSink sink = new(() => Interlocked.Increment(ref call) switch
        {
            1 => throw new FormatException("not the sink's day"),
            2 => null!,
            _ => SendResult.PartlyDelivered([
                new RejectedItems(-5, 6, NoReceiver),
                new RejectedItems(0, 2, null!),
                new RejectedItems(2, int.MaxValue, new LossReason("Other")),
            ]),
        });
        DeliveryChannel channel = Open(sink);
        channel.Send(Batches.Of("a", "b", "c", "d"));

        await LoopFixture.Until(() =>
        {
            // Not during an attempt, which would time out.
            _time.Advance(channel.Gauges.Requests == 0 ? TimeSpan.FromSeconds(1) : TimeSpan.Zero);
            return channel.Ledger.Snapshot().InFlight == 0;
        });

        AssertBooks(channel, accepted: 4, delivered: 0, (LossReason.Rejected, 3), (NoReceiver, 1));
        Assert.Equal([typeof(FormatException), typeof(InvalidOperationException)], _events.Errors.Select(e => e.GetType()));
    }

    [Fact]
    public async Task A_destination_that_is_gone_loses_the_whole_batch_under_the_reason_that_the_sink_gives()
    {
        ScriptedSink sink = new((batch, _) => SendResult.Dropped(batch.ItemCount, NoReceiver, "410", "the receiver is gone"));
        DeliveryChannel channel = Open(sink);
        channel.Send(Batches.Of("a", "b", "c"));
        await channel.FlushAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);

        Assert.Single(sink.Calls);
        AssertBooks(channel, accepted: 3, delivered: 0, (NoReceiver, 3));
    }

    [Fact]
    public async Task A_sink_that_hangs_does_not_hold_up_the_close_and_its_batch_is_lost_and_said()
    {
        TaskCompletionSource<SendResult> never = new();
        DeliveryChannel channel = Open(new ScriptedSink((_, _, _) => new ValueTask<SendResult>(never.Task)));
        channel.Send(Batches.Of("a"));
        await LoopFixture.Until(() => channel.Gauges.Requests == 1);

        await channel.CloseAsync(new CancellationToken(canceled: true)).WaitAsync(LoopFixture.Safety);
        channel.Send(Batches.Of("b"));

        AssertBooks(channel, accepted: 2, delivered: 0, (LossReason.ShutdownDeadline, 1), (LossReason.Closed, 1));
        Assert.Equal(2, _events.Losses.Count);
    }

    [Fact]
    public async Task Whatever_many_threads_send_and_refuse_around_the_close_is_accepted_once_and_ends_once()
    {
        const int threads = 8, each = 500;
        for (int round = 0; round < 20; round++)
        {
            int arrived = 0;
            DeliveryChannel channel = Open(new ScriptedSink((batch, attempt) =>
            {
                Interlocked.Add(ref arrived, attempt % 7 == 0 ? 0 : batch.ItemCount);
                return attempt % 7 == 0 ? SendResult.Failed(ErrorClass.Invalid, "no", "no") : SendResult.Delivered();
            }));
            Thread[] all = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() =>
            {
                for (int i = 0; i < each; i++)
                {
                    channel.Send(Batches.Of("x"));
                    channel.Refuse(i % 2 == 0 ? Muted : NoReceiver, "refused");
                }
            }))];
            Array.ForEach(all, t => t.Start());
            await channel.CloseAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);
            Array.ForEach(all, t => t.Join());

            LedgerSnapshot books = channel.Ledger.Snapshot();
            Assert.Equal((2L * threads * each, 0L, arrived), (books.Accepted, books.InFlight, books.Delivered));
            Assert.Equal(books.Accepted - books.Delivered, books.TotalLost);
            Assert.Equal(threads * each / 2, books.Lost[Muted]);
            Assert.Equal(threads * each / 2, books.Lost[NoReceiver]);
        }
    }

    [Fact]
    public void Of_what_many_threads_refuse_at_once_nothing_is_left_out()
    {
        const int threads = 8, each = 200_000;
        DeliveryChannel channel = Open(new ScriptedSink((_, _) => SendResult.Delivered()));
        using Barrier begin = new(threads);
        Thread[] all = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            begin.SignalAndWait();
            for (int i = 0; i < each; i++)
            {
                channel.Refuse(Muted, "on purpose");
            }
        }))];
        Array.ForEach(all, t => t.Start());
        Array.ForEach(all, t => t.Join());

        AssertBooks(channel, accepted: threads * each, delivered: 0, (Muted, threads * each));
    }

    [Fact]
    public void A_batch_is_made_of_one_item_or_of_several_between_a_prefix_and_a_suffix()
    {
        BatchHeader header = new("PostEvents", "https://hooks", Batches.Start, Batches.Start.AddDays(1));
        using Batch one = Batch.Create(header, "{}"u8, weight: 5);
        using Batch three = Batch.Create(header, "["u8, ["1"u8.ToArray(), "22"u8.ToArray(), "333"u8.ToArray()], "]"u8);
        using Batch last = three.Slice(1, 2);

        Assert.Equal(("{}", 1, 5L), (Text(one), one.ItemCount, one.Weight));
        Assert.Equal(("[1,22,333]", 3, 3L), (Text(three), three.ItemCount, three.Weight));
        Assert.Equal("[22,333]", Text(last));
        Assert.Throws<ArgumentOutOfRangeException>(() => Batch.Create(header, "["u8, [], "]"u8));
    }

    [Theory]
    [InlineData(0, new[] { 3, 2 }, null)]
    [InlineData(4, new[] { 3, 5 }, null)]
    [InlineData(-1, new[] { 3, 5 }, null)]
    [InlineData(0, new[] { 3, 5 }, new[] { 1L })]
    [InlineData(0, new[] { 3, 5 }, new[] { 1L, -1L })]
    public void A_batch_whose_items_do_not_fit_its_body_is_refused(int prefix, int[] ends, long[]? weights)
    {
        BatchHeader header = new("PostEvents", "https://hooks", Batches.Start, Batches.Start.AddDays(1));

        Assert.ThrowsAny<ArgumentException>(() => new Batch(header, new byte[8], 6, prefix, ends, weights));
    }

    private static string Text(Batch batch) => Encoding.UTF8.GetString(batch.Body.Span);

    private static void AssertBooks(DeliveryChannel channel, long accepted, long delivered, params (LossReason, long)[] lost)
    {
        LedgerSnapshot books = ((IDeliveryChannel)channel).Ledger;
        Assert.Equal((accepted, delivered, 0), (books.Accepted, books.Delivered, books.InFlight));
        Assert.Equal(lost, books.Lost.Select(l => (l.Key, l.Value)));
    }

    private DeliveryChannel Open(IBatchSink sink)
    {
        DeliveryChannelOptions options = new() { LossReasons = { Muted, NoReceiver } };
        DeliveryChannel channel = new("events", new(sink), options, new DeliveryOptions(), _events, _time);
        channel.Start();
        return channel;
    }

    private sealed class AnsweringSink(Func<SendResult> answer) : IBatchSink
    {
        public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken) => ValueTask.FromResult(answer());
    }
}
