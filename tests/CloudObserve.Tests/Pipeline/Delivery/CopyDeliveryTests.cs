using CloudObserve.Delivery;
using CloudObserve.Pipeline.Batches;

namespace CloudObserve.Tests.Pipeline.Delivery;

/// <summary>A delivery whose batches are copied to a second sink.</summary>
public sealed class CopyDeliveryTests
{
    private static readonly SendResult Refused = SendResult.Failed(ErrorClass.Invalid, "InvalidParameterValue", "bad");

    [Theory]
    [InlineData(ErrorClass.None)]
    [InlineData(ErrorClass.Throttled)]
    [InlineData(ErrorClass.Unavailable)]
    [InlineData(ErrorClass.Ambiguous)]
    [InlineData(ErrorClass.Unauthorized)]
    [InlineData(ErrorClass.Invalid)]
    [InlineData(ErrorClass.TooLarge)]
    public async Task A_batch_is_copied_once_whatever_the_destination_answers(ErrorClass error)
    {
        // Each batch fails three times before it succeeds; what is refused is split until its items are alone.
        ScriptedSink sink = new(
            (_, attempt) => error != ErrorClass.None && attempt <= 12
                ? SendResult.Failed(error, "code", "message") : SendResult.Delivered());
        ScriptedSink copies = new((_, _) => SendResult.Delivered());
        LoopFixture fixture = Start(sink, copies);
        for (int i = 0; i < 4; i++)
        {
            fixture.Enqueue(Batches.Of($"a{i}", $"b{i}", $"c{i}"));
        }

        await fixture.Drive(fixture.Flush());
        await fixture.Copies!.FlushAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);

        Assert.Equal(["a0 b0 c0", "a1 b1 c1", "a2 b2 c2", "a3 b3 c3"], copies.Calls);
        AssertBooks(fixture.Copies.Ledger, accepted: 12, delivered: 12);
        await fixture.Close();
    }

    [Fact]
    public async Task A_batch_that_the_delivery_refuses_is_copied_too()
    {
        ScriptedSink copies = new((_, _) => SendResult.Delivered());
        LoopFixture fixture = Start(new ScriptedSink((_, _) => SendResult.Delivered()), copies);
        await fixture.Close();
        fixture.Enqueue(Batches.Of("late"));

        await fixture.Copies!.CloseAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);

        Assert.Equal(["late"], copies.Taken);
        Assert.Equal(1, fixture.Ledger.Snapshot().Lost[LossReason.Closed]);
    }

    [Fact]
    public async Task The_item_that_the_second_sink_refuses_is_isolated_and_the_others_arrive()
    {
        ScriptedSink copies = new((batch, _) => Batches.ItemsOf(batch).Contains("bad") ? Refused : SendResult.Delivered());
        LoopFixture fixture = Start(new ScriptedSink((_, _) => SendResult.Delivered()), copies);
        fixture.Enqueue(Batches.Of("a", "bad", "c", "d"));

        await fixture.Drive(fixture.Flush());
        await fixture.Copies!.FlushAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);

        Assert.Equal(["a", "c", "d"], copies.Taken);
        Assert.Equal(1, fixture.Copies.Ledger.Snapshot().Lost[LossReason.Rejected]);
        Assert.Contains("bad", Assert.Single(fixture.CopyEvents.Losses).Detail, StringComparison.Ordinal);
        Assert.Empty(fixture.Events.Losses);
        await fixture.Close();
        fixture.AssertBooks(4);
    }

    [Fact]
    public async Task A_second_sink_that_throws_costs_the_copy_alone()
    {
        ScriptedSink copies = new((_, _) => throw new InvalidOperationException("broken"));
        LoopFixture fixture = Start(new ScriptedSink((_, _) => SendResult.Delivered()), copies);
        fixture.Enqueue(Batches.Of("a"));

        await fixture.Drive(fixture.Flush());
        await fixture.Close();
        await fixture.Copies!.CloseAsync(new CancellationToken(canceled: true)).WaitAsync(LoopFixture.Safety);

        fixture.AssertBooks(1);
        LedgerSnapshot books = fixture.Copies.Ledger.Snapshot();
        Assert.Equal((1, 0, 1, 0), (books.Accepted, books.Delivered, books.TotalLost, books.InFlight));
    }

    [Fact]
    public async Task A_second_sink_that_hangs_delays_nothing_and_its_buffer_is_bounded()
    {
        TaskCompletionSource<SendResult> hung = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ScriptedSink copies = new((_, _, _) => new ValueTask<SendResult>(hung.Task));
        LoopFixture fixture = Start(
            new ScriptedSink((_, _) => SendResult.Delivered()), copies,
            new DeliveryOptions { MaxConcurrentRequests = 4, MaxBufferBytes = 2 * 1024 * 1024 });
        string big = new('x', 500_000);
        for (int i = 0; i < 20; i++)
        {
            // One after the other: the first delivery has the same limit, and must not meet it.
            fixture.Enqueue(Batches.Of($"{i}{big}"));
            await LoopFixture.Until(() => fixture.Ledger.Snapshot().Delivered > i);
        }

        await LoopFixture.Until(() => fixture.Copies!.Gauges.WaitingBytes <= 2 * 1024 * 1024);

        Assert.True(fixture.Copies!.Ledger.Snapshot().Lost[LossReason.BufferFull] >= 14);
        Assert.NotEmpty(fixture.CopyEvents.Losses);
        Assert.Empty(fixture.Events.Losses);
        hung.SetResult(SendResult.Delivered());
        await fixture.Close();
        await fixture.Copies.CloseAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);
    }

    [Fact]
    public async Task Many_threads_enqueue_and_each_item_is_copied_once()
    {
        const int threads = 8;
        const int batches = 500;
        ScriptedSink copies = new((_, _) => SendResult.Delivered());
        int seed = 0;
        ScriptedSink sink = new((_, _) => Interlocked.Increment(ref seed) % 7 == 0 ? Refused : SendResult.Delivered());
        LoopFixture fixture = Start(sink, copies);
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, t =>
        {
            for (int i = 0; i < batches; i++)
            {
                fixture.Enqueue(Batches.Of($"a{t}-{i}", $"b{t}-{i}"));
            }
        });

        await fixture.Drive(fixture.Flush());
        await fixture.Close();
        await fixture.Copies!.CloseAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);

        Assert.Equal(2 * threads * batches, copies.Taken.Length);
        Assert.Equal(2 * threads * batches, copies.Taken.Distinct().Count());
        AssertBooks(fixture.Copies.Ledger, 2 * threads * batches, 2 * threads * batches);
    }

    private static LoopFixture Start(ScriptedSink sink, ScriptedSink copies, DeliveryOptions? options = null)
    {
        LoopFixture fixture = new(sink, options, copySink: copies);
        fixture.Copies!.Start();
        fixture.Loop.Start();
        return fixture;
    }

    private static void AssertBooks(LossLedger ledger, long accepted, long delivered)
    {
        LedgerSnapshot books = ledger.Snapshot();
        Assert.Equal((accepted, delivered, 0, 0), (books.Accepted, books.Delivered, books.TotalLost, books.InFlight));
    }
}
