using CloudObserve.Delivery;

namespace CloudObserve.Tests.Pipeline.Delivery;

/// <summary>The ways in which the two most used libraries lose data, played against the delivery loop.</summary>
public sealed class PeerLossTests
{
    private static readonly string[] Hundred = [.. Enumerable.Range(0, 100).Select(i => $"i{i}")];

    [Fact]
    public async Task An_outage_that_ends_loses_nothing_and_is_not_hammered()
    {
        ScriptedSink? sink = null;
        LoopFixture? fixture = null;
        DateTimeOffset back = Batches.Start.AddMinutes(5);
        sink = new((_, _) => fixture!.Time.GetUtcNow() < back ? throw new IOException("connection reset") : SendResult.Delivered());
        fixture = new LoopFixture(sink);
        fixture.Loop.Start();
        for (int i = 0; i < 200; i++)
        {
            fixture.Enqueue(Batches.Of($"a{i}"));
        }

        while (fixture.Ledger.Snapshot().InFlight > 0)
        {
            await Task.Yield();
            if (fixture.Loop.Gauges.Requests == 0 && fixture.Time.ActiveTimers > 0)
            {
                fixture.Time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        Assert.Equal(200, sink.Taken.Distinct().Count());
        fixture.AssertBooks(200);

        // A window of four, each knocking at growing intervals.
        Assert.InRange(fixture.Events.Retries.Count, 4, 4 * 12);
    }

    [Fact]
    public async Task A_throttled_service_gets_everything_in_the_end()
    {
        ScriptedSink sink = new(
            (_, attempt) => attempt % 3 != 0
                ? SendResult.Failed(ErrorClass.Throttled, "ThrottlingException", "Rate exceeded") : SendResult.Delivered());
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        foreach (string item in Hundred)
        {
            fixture.Enqueue(Batches.Of(item));
        }

        await fixture.Drive(fixture.Flush());
        Assert.Equal(Hundred, sink.Taken.Order(Comparer<string>.Create((a, b) => int.Parse(a[1..]) - int.Parse(b[1..]))));
        fixture.AssertBooks(100);
    }

    [Fact]
    public async Task A_missing_resource_does_not_cost_the_batch_in_hand()
    {
        ScriptedSink sink = new(
            (_, attempt) => attempt == 1
                ? SendResult.Failed(ErrorClass.MissingResource, "ResourceNotFoundException", "") : SendResult.Delivered());
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of(Hundred));
        await fixture.Drive(fixture.Flush());

        Assert.Equal(Hundred, sink.Taken);
        fixture.AssertBooks(100);
    }

    [Fact]
    public async Task A_resource_that_stays_missing_is_not_asked_for_in_a_spin()
    {
        ScriptedSink sink = new((_, _) => SendResult.Failed(ErrorClass.MissingResource, "ResourceNotFoundException", ""));
        LoopFixture fixture = new(sink, random: () => 1);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of("a"));
        while (fixture.Time.GetUtcNow() < Batches.Start.AddHours(1))
        {
            await Task.Yield();
            if (fixture.Loop.Gauges.Requests == 0 && fixture.Time.ActiveTimers > 0)
            {
                fixture.Time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        Assert.InRange(sink.Calls.Length, 10, 80);
        Assert.Equal(1, fixture.Ledger.Snapshot().InFlight);
    }

    [Fact]
    public async Task A_batch_the_service_will_never_take_neither_blocks_nor_eats_what_follows()
    {
        ScriptedSink sink = new(
            (batch, _) => Batches.ItemsOf(batch).Contains("i50")
                ? SendResult.Failed(ErrorClass.Invalid, "InvalidParameterException", "24 h span") : SendResult.Delivered());
        LoopFixture fixture = new(sink, new DeliveryOptions { MaxConcurrentRequests = 1 });
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of(Hundred));
        fixture.Enqueue(Batches.Of("next"));
        await fixture.Flush();

        Assert.Equal(Hundred.Except(["i50"]).Append("next").Order(), sink.Taken.Order());
        fixture.AssertBooks(100, (LossReason.Rejected, 1));
    }

    [Fact]
    public async Task Wrong_credentials_at_first_lose_nothing_and_say_so()
    {
        bool mended = false;
        ScriptedSink sink = new(
            (_, _) => Volatile.Read(ref mended)
                ? SendResult.Delivered()
                : SendResult.Failed(ErrorClass.Unauthorized, "AccessDeniedException", "not authorized to perform logs:PutLogEvents"));
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of(Hundred));
        await fixture.Drive(LoopFixture.Until(() => fixture.Events.Retries.Count >= 3));
        Assert.Equal(100, fixture.Ledger.Snapshot().InFlight);
        Volatile.Write(ref mended, true);
        await fixture.Flush();

        fixture.AssertBooks(100);
    }

    [Fact]
    public async Task A_burst_from_many_threads_followed_by_a_close_loses_no_tail()
    {
        ScriptedSink sink = new((_, _) => SendResult.Delivered());
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        await Parallel.ForEachAsync(Enumerable.Range(0, 1000), (i, _) =>
        {
            fixture.Enqueue(Batches.Of($"i{i}"));
            return ValueTask.CompletedTask;
        });
        await fixture.Close();

        Assert.Equal(1000, sink.Taken.Distinct().Count());
        fixture.AssertBooks(1000);
    }

    [Fact]
    public async Task A_dead_endpoint_does_not_hold_the_process_beyond_its_deadline()
    {
        ScriptedSink sink = new((_, _, _) => new ValueTask<SendResult>(new TaskCompletionSource<SendResult>().Task));
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        foreach (string item in Hundred)
        {
            fixture.Enqueue(Batches.Of(item));
        }

        using CancellationTokenSource deadline = new(TimeSpan.FromSeconds(25), fixture.Time);
        Task closing = fixture.Loop.CloseAsync(deadline.Token).WaitAsync(LoopFixture.Safety);
        fixture.Time.Advance(TimeSpan.FromSeconds(25));
        await closing;

        fixture.AssertBooks(0, (LossReason.ShutdownDeadline, 100));
    }
}
