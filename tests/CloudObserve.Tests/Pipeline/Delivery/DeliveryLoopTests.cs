using CloudObserve.Delivery;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Tests.Pipeline.Delivery;

public sealed class DeliveryLoopTests
{
    private static readonly SendResult Down = SendResult.Failed(ErrorClass.Unavailable, "ServiceUnavailable", "down");

    [Fact]
    public async Task Batches_are_sent_in_order_and_their_memory_goes_back()
    {
        ScriptedSink sink = new((_, _) => SendResult.Delivered());
        LoopFixture fixture = new(sink, new DeliveryOptions { MaxConcurrentRequests = 1 });
        string[] all = [.. Enumerable.Range(0, 50).Select(i => $"i{i}")];
        foreach (string item in all)
        {
            fixture.Enqueue(Batches.To($"d{item.Length}", item));
        }

        Assert.Empty(sink.Calls);
        fixture.Loop.Start();
        await fixture.Flush();

        Assert.Equal(all, sink.Calls);
        Assert.All(sink.Batches, b => Assert.True(Batches.IsDisposed(b)));
        fixture.AssertBooks(50);
        Assert.Equal(default, fixture.Loop.Gauges with { RequestLimit = 0 });
    }

    [Fact]
    public async Task No_more_requests_than_allowed_are_under_way_at_once()
    {
        TaskCompletionSource open = new();
        int now = 0, most = 0;
        ScriptedSink sink = new(async (_, _, _) =>
        {
            int under = Interlocked.Increment(ref now);
            InterlockedMax(ref most, under);
            await open.Task;
            Interlocked.Decrement(ref now);
            return SendResult.Delivered();
        });
        LoopFixture fixture = new(sink, new DeliveryOptions { MaxConcurrentRequests = 3 });
        fixture.Loop.Start();
        for (int i = 0; i < 20; i++)
        {
            fixture.Enqueue(Batches.To($"d{i % 4}", "x"));
        }

        await LoopFixture.Until(() => Volatile.Read(ref now) == 3);
        Assert.Equal((3, 17), (fixture.Loop.Gauges.Requests, fixture.Loop.Gauges.WaitingBatches));
        open.SetResult();
        await fixture.Flush();

        Assert.Equal(3, most);
        fixture.AssertBooks(20);
    }

    [Fact]
    public async Task Throttling_halves_the_requests_under_way()
    {
        TaskCompletionSource<SendResult> first = new();
        ScriptedSink sink = new(
            (_, attempt, _) => attempt <= 4
                ? new ValueTask<SendResult>(first.Task) : new ValueTask<SendResult>(new TaskCompletionSource<SendResult>().Task));
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        for (int i = 0; i < 20; i++)
        {
            fixture.Enqueue(Batches.To($"d{i}", "x"));
        }

        await LoopFixture.Until(() => sink.Calls.Length == 4);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        first.SetResult(SendResult.Failed(ErrorClass.Throttled, "ThrottlingException", "Rate exceeded"));
        await LoopFixture.Until(() => fixture.Events.Retries.Count == 4 && sink.Calls.Length == 6);

        Assert.Equal(2, fixture.Loop.Gauges.Requests);
        using CancellationTokenSource deadline = new();
        deadline.Cancel();
        await fixture.Loop.CloseAsync(deadline.Token).WaitAsync(LoopFixture.Safety);
        fixture.AssertBooks(0, (LossReason.ShutdownDeadline, 20));
    }

    [Fact]
    public async Task A_failed_batch_is_tried_again_with_doubling_pauses_up_to_the_longest()
    {
        ScriptedSink sink = new((_, attempt) => attempt <= 9 ? Down : SendResult.Delivered());
        LoopFixture fixture = new(sink, random: () => 1);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of("a"));
        await DriveUntilTaken(fixture, sink, 1);

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60], fixture.Events.Retries.Select(r => r.Pause.TotalSeconds));
        Assert.Equal(Enumerable.Range(1, 9), fixture.Events.Retries.Select(r => r.Attempt));
        Assert.Equal(TimeSpan.FromSeconds(1 + 2 + 4 + 8 + 16 + 32 + 180), fixture.Time.GetUtcNow() - Batches.Start);
        await fixture.Close();
        fixture.AssertBooks(1);
    }

    [Fact]
    public async Task The_pause_a_service_asks_for_is_kept()
    {
        ScriptedSink sink = new((_, attempt) =>
            attempt == 1 ? SendResult.Failed(ErrorClass.Throttled, "Throttling", "", TimeSpan.FromSeconds(7)) : SendResult.Delivered());
        LoopFixture fixture = new(sink, random: () => 0);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of("a"));
        await DriveUntilTaken(fixture, sink, 1);

        Assert.Equal(TimeSpan.FromSeconds(7), fixture.Time.GetUtcNow() - Batches.Start);
    }

    [Fact]
    public async Task A_batch_that_becomes_too_old_while_it_waits_is_lost_and_not_sent_again()
    {
        ScriptedSink sink = new((_, _) => Down);
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Make(["a", "b"], acceptableUntil: Batches.Start.AddSeconds(10)));
        await LoopFixture.Until(() => fixture.Events.Retries.Count == 1);
        while (fixture.Ledger.Snapshot().InFlight > 0)
        {
            await Task.Yield();
            AdvanceAtRest(fixture);
        }

        fixture.AssertBooks(0, (LossReason.TooOld, 2));
        Assert.Equal(4, sink.Calls.Length);
        Assert.Equal(Batches.Start.AddSeconds(10), fixture.Time.GetUtcNow());
        Assert.All(sink.Batches, b => Assert.True(Batches.IsDisposed(b)));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_ambiguous_and_the_batch_is_sent_again()
    {
        ScriptedSink sink = new(async (_, attempt, token) =>
        {
            if (attempt == 1)
            {
                await Task.Delay(Timeout.Infinite, token);
            }

            return SendResult.Delivered();
        });
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of("a"));
        await LoopFixture.Until(() => sink.Calls.Length == 1);
        fixture.Time.Advance(TimeSpan.FromSeconds(15));
        await LoopFixture.Until(() => fixture.Events.Retries.Count == 1);
        Assert.Equal("Ambiguous", fixture.Events.Retries.Single().ErrorClass);
        await fixture.Drive(fixture.Flush());
        fixture.AssertBooks(1);
    }

    [Fact]
    public async Task The_memory_of_a_batch_is_kept_while_a_sink_that_does_not_heed_its_token_still_reads_it()
    {
        TaskCompletionSource<SendResult> stuck = new();
        ScriptedSink sink =
            new((_, attempt, _) => attempt == 1 ? new ValueTask<SendResult>(stuck.Task) : ValueTask.FromResult(SendResult.Delivered()));
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of("a"));
        await LoopFixture.Until(() => sink.Calls.Length == 1);
        fixture.Time.Advance(TimeSpan.FromSeconds(15));
        await LoopFixture.Until(() => fixture.Events.Retries.Count == 1);
        await fixture.Drive(fixture.Flush());
        fixture.AssertBooks(1);
        Assert.False(Batches.IsDisposed(sink.Batches.Single()));

        stuck.SetResult(SendResult.Delivered());
        await LoopFixture.Until(() => Batches.IsDisposed(sink.Batches.Single()));
        fixture.AssertBooks(1);
    }

    [Fact]
    public async Task A_sink_that_throws_what_nobody_knows_is_reported_once_and_the_batch_is_kept()
    {
        ScriptedSink sink = new((_, attempt) => attempt <= 3 ? throw new InvalidOperationException("a fault") : SendResult.Delivered());
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of("a"));
        await fixture.Drive(fixture.Flush());

        Assert.Equal("a fault", Assert.IsType<InvalidOperationException>(Assert.Single(fixture.Events.Errors)).Message);
        Assert.Equal(3, fixture.Events.Retries.Count);
        fixture.AssertBooks(1);
    }

    [Fact]
    public async Task A_full_buffer_loses_the_oldest_waiting_batch_and_never_one_under_way()
    {
        TaskCompletionSource<SendResult> answer = new();
        ScriptedSink sink =
            new((_, attempt, _) => attempt == 1 ? new ValueTask<SendResult>(answer.Task) : ValueTask.FromResult(SendResult.Delivered()));
        int size = SizeOf("a0");
        LoopFixture fixture = new(sink, new DeliveryOptions { MaxConcurrentRequests = 1, MaxBufferBytes = size * 3 });
        fixture.Loop.Start();
        for (int i = 0; i < 7; i++)
        {
            fixture.Enqueue(Batches.Of($"a{i}"));
            Assert.True(fixture.Loop.Gauges.WaitingBytes <= size * 3);
        }

        await LoopFixture.Until(() => sink.Calls.Length == 1);
        answer.SetResult(SendResult.Delivered());
        await fixture.Flush();

        Assert.Equal(["a0", "a4", "a5", "a6"], sink.Taken);
        fixture.AssertBooks(4, (LossReason.BufferFull, 3));
    }

    [Fact]
    public async Task A_pausing_batch_is_evicted_too_and_its_timer_goes_with_it()
    {
        ScriptedSink sink = new((_, _) => Down);
        int size = SizeOf("a0");
        LoopFixture fixture = new(sink, new DeliveryOptions { MaxConcurrentRequests = 1, MaxBufferBytes = size * 2 });
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of("a0"));
        await LoopFixture.Until(() => fixture.Events.Retries.Count == 1);
        fixture.Enqueue(Batches.Of("a1"));
        await LoopFixture.Until(() => fixture.Events.Retries.Count == 2);
        fixture.Enqueue(Batches.Of("a2"));
        await LoopFixture.Until(() => fixture.Events.Losses.Count == 1);

        Assert.Equal("BufferFull", fixture.Events.Losses.Single().Reason);
        await LoopFixture.Until(() => sink.Batches.Any(Batches.IsDisposed));
        using CancellationTokenSource deadline = new();
        Task closing = fixture.Loop.CloseAsync(deadline.Token).WaitAsync(LoopFixture.Safety);
        await deadline.CancelAsync();
        await closing;
        fixture.AssertBooks(0, (LossReason.BufferFull, 1), (LossReason.ShutdownDeadline, 2));
        Assert.Equal(0, fixture.Time.ActiveTimers);
    }

    [Fact]
    public async Task A_batch_larger_than_the_buffer_is_lost_alone()
    {
        ScriptedSink sink = new((_, _) => SendResult.Delivered());
        LoopFixture fixture = new(sink, new DeliveryOptions { MaxBufferBytes = SizeOf("a") * 2 });
        fixture.Enqueue(Batches.Of("a"));
        Batch huge = Batches.Of(new string('x', 1000));
        fixture.Enqueue(huge);
        fixture.Loop.Start();
        await fixture.Flush();

        Assert.True(Batches.IsDisposed(huge));
        fixture.AssertBooks(1, (LossReason.BufferFull, 1));
    }

    [Fact]
    public async Task A_destination_that_fails_does_not_hold_up_another()
    {
        ScriptedSink sink = new(
            (batch, _) => batch.Destination == "gone"
                ? SendResult.Failed(ErrorClass.MissingResource, "ResourceNotFoundException", "") : SendResult.Delivered());
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        for (int i = 0; i < 20; i++)
        {
            fixture.Enqueue(Batches.To("gone", "bad"));
        }

        for (int i = 0; i < 20; i++)
        {
            fixture.Enqueue(Batches.To("here", "good"));
        }

        await LoopFixture.Until(() => sink.Taken.Length == 20);

        // Only the window of the failed lane has knocked, and each once.
        await LoopFixture.Until(() => fixture.Loop.Gauges.Requests == 0);
        Assert.Equal(4, sink.Calls.Count(c => c == "bad"));
    }

    [Fact]
    public async Task One_batch_that_never_succeeds_does_not_hold_up_its_own_destination()
    {
        ScriptedSink sink = new((batch, _) => Batches.ItemsOf(batch)[0] == "bad" ? Down : SendResult.Delivered());
        LoopFixture fixture = new(sink, new DeliveryOptions { MaxConcurrentRequests = 1 });
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of("bad"));
        for (int i = 0; i < 20; i++)
        {
            fixture.Enqueue(Batches.Of("good"));
        }

        await LoopFixture.Until(() => sink.Taken.Length == 20);
        Assert.Single(sink.Calls, c => c == "bad");
    }

    [Fact]
    public async Task When_a_destination_is_back_its_other_pausing_batches_follow_at_once()
    {
        bool up = false;
        ScriptedSink sink = new((_, _) => Volatile.Read(ref up) ? SendResult.Delivered() : Down);
        double next = 0;
        LoopFixture fixture = new(sink, random: () => next += 0.2);
        fixture.Loop.Start();
        for (int i = 0; i < 10; i++)
        {
            fixture.Enqueue(Batches.Of($"a{i}"));
        }

        await LoopFixture.Until(() => fixture.Events.Retries.Count == 4 && fixture.Time.ActiveTimers == 4);
        Volatile.Write(ref up, true);
        fixture.Time.Advance(fixture.Events.Retries.Min(r => r.Pause));
        await LoopFixture.Until(() => sink.Taken.Length == 10);

        Assert.Equal(14, sink.Calls.Length);
        fixture.AssertBooks(10);
    }

    [Fact]
    public async Task The_callers_context_does_not_reach_the_sink()
    {
        AsyncLocal<string?> ambient = new();
        string? seen = "nothing was sent";
        ScriptedSink sink = new((_, _) =>
        {
            seen = ambient.Value;
            return SendResult.Delivered();
        });
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        ambient.Value = "a request of the application";
        fixture.Enqueue(Batches.Of("a"));
        await fixture.Flush();

        Assert.Null(seen);
        Assert.NotNull(ambient.Value);
    }

    [Fact]
    public async Task The_gauges_tell_what_waits_and_how_old_it_is()
    {
        TaskCompletionSource<SendResult> answer = new();
        ScriptedSink sink = new((_, _, _) => new ValueTask<SendResult>(answer.Task));
        LoopFixture fixture = new(sink, new DeliveryOptions { MaxConcurrentRequests = 1 });
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of("a"));
        fixture.Enqueue(Batches.Of("b"));
        fixture.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(new DeliveryGauges(1, SizeOf("b"), 1, TimeSpan.FromSeconds(5)), fixture.Loop.Gauges with { RequestLimit = 0 });
        answer.SetResult(SendResult.Delivered());
        await fixture.Close();
        Assert.Equal(default, fixture.Loop.Gauges with { RequestLimit = 0 });
    }

    private static int SizeOf(string item)
    {
        using Batch batch = Batches.Of(item);
        return batch.Body.Length;
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (seen < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
            seen = Volatile.Read(ref target);
        }
    }

    private static void AdvanceAtRest(LoopFixture fixture)
    {
        if (fixture.Loop.Gauges.Requests == 0 && fixture.Time.ActiveTimers > 0)
        {
            fixture.Time.Advance(TimeSpan.FromMilliseconds(500));
        }
    }

    private static async Task DriveUntilTaken(LoopFixture fixture, ScriptedSink sink, int count)
    {
        while (sink.Taken.Length < count)
        {
            await Task.Yield();
            AdvanceAtRest(fixture);
        }
    }
}
