using System.Collections.Concurrent;
using CloudObserve.Delivery;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Tests.Pipeline.Delivery;

public sealed class FlushTests
{
    [Fact]
    public async Task A_flush_waits_for_what_came_before_it_and_not_for_what_came_after()
    {
        Dictionary<string, TaskCompletionSource<SendResult>> answers =
            new[] { "a", "b", "c" }.ToDictionary(k => k, _ => new TaskCompletionSource<SendResult>());
        ScriptedSink sink = new((batch, _, _) => new ValueTask<SendResult>(answers[Batches.ItemsOf(batch)[0]].Task));
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of("a"));
        fixture.Enqueue(Batches.Of("b"));
        Task flush = fixture.Flush();
        fixture.Enqueue(Batches.Of("c"));
        Task later = fixture.Flush();

        // Out of order: the last comes first, then the second.
        answers["c"].SetResult(SendResult.Delivered());
        answers["b"].SetResult(SendResult.Delivered());
        await LoopFixture.Until(() => fixture.Ledger.Snapshot().Delivered == 2);
        Assert.False(flush.IsCompleted);
        Assert.False(later.IsCompleted);

        answers["a"].SetResult(SendResult.Delivered());
        await flush;
        await later;
        fixture.AssertBooks(3);
    }

    [Fact]
    public async Task A_flush_does_not_wait_for_a_later_batch_that_is_stuck()
    {
        TaskCompletionSource<SendResult> stuck = new();
        ScriptedSink sink = new(
            (batch, _, _) => Batches.ItemsOf(batch)[0] == "b"
                ? new ValueTask<SendResult>(stuck.Task) : ValueTask.FromResult(SendResult.Delivered()));
        LoopFixture fixture = new(sink);
        fixture.Enqueue(Batches.Of("a"));
        Task flush = fixture.Flush();
        fixture.Enqueue(Batches.Of("b"));
        fixture.Loop.Start();
        await flush;

        Assert.Equal(1, fixture.Ledger.Snapshot().InFlight);
    }

    [Fact]
    public async Task A_flush_waits_for_all_halves()
    {
        TaskCompletionSource<SendResult> last = new();
        ScriptedSink sink = new((batch, _, _) => batch.ItemCount > 1 ? ValueTask.FromResult(SendResult.Failed(ErrorClass.Invalid, "", ""))
            : Batches.ItemsOf(batch)[0] == "b" ? new ValueTask<SendResult>(last.Task)
            : ValueTask.FromResult(SendResult.Delivered()));
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of("a", "b"));
        Task flush = fixture.Flush();
        await LoopFixture.Until(() => sink.Calls.Length == 3);
        Assert.False(flush.IsCompleted);

        last.SetResult(SendResult.Delivered());
        await flush;
        fixture.AssertBooks(2);
    }

    [Fact]
    public async Task A_cancelled_flush_ends_the_waiting_only()
    {
        TaskCompletionSource<SendResult> answer = new();
        ScriptedSink sink = new((_, _, _) => new ValueTask<SendResult>(answer.Task));
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of("a"));
        using CancellationTokenSource impatient = new();
        Task flush = fixture.Loop.FlushAsync(impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flush);

        answer.SetResult(SendResult.Delivered());
        await fixture.Flush();
        fixture.AssertBooks(1);
    }

    [Fact]
    public async Task A_flush_cuts_a_long_pause_short()
    {
        ScriptedSink sink =
            new((_, attempt) => attempt == 1 ? SendResult.Failed(ErrorClass.Unauthorized, "AccessDenied", "") : SendResult.Delivered());
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of("a"));
        await LoopFixture.Until(() => fixture.Events.Retries.Count == 1);
        Assert.True(fixture.Events.Retries.Single().Pause > TimeSpan.FromSeconds(29));
        await fixture.Flush();

        // The clock has not moved.
        Assert.Equal(Batches.Start, fixture.Time.GetUtcNow());
        fixture.AssertBooks(1);
    }

    [Fact]
    public async Task Pauses_are_short_while_somebody_waits_and_grow_long_again_when_nobody_does()
    {
        ScriptedSink sink = new((_, _) => SendResult.Failed(ErrorClass.Unauthorized, "AccessDenied", ""));
        LoopFixture fixture = new(sink, random: () => 1);
        fixture.Loop.Start();
        using CancellationTokenSource impatient = new();
        fixture.Enqueue(Batches.Of("a"));
        Task flush = fixture.Loop.FlushAsync(impatient.Token);
        await fixture.Drive(LoopFixture.Until(() => fixture.Events.Retries.Count >= 4));
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flush);
        int before = fixture.Events.Retries.Count;
        await fixture.Drive(LoopFixture.Until(() => fixture.Events.Retries.Count >= before + 2));

        Assert.All(fixture.Events.Retries.Skip(1).Take(before - 1), r => Assert.Equal(RetrySchedule.LongestWhenUrgent, r.Pause));
        Assert.Equal(TimeSpan.FromMinutes(1), fixture.Events.Retries.Last().Pause);
    }

    [Fact]
    public async Task Many_who_flush_during_an_outage_do_not_make_a_storm_of_retries()
    {
        ScriptedSink sink = new((_, _) => SendResult.Failed(ErrorClass.Unavailable, "ServiceUnavailable", ""));
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of("a"));
        await LoopFixture.Until(() => fixture.Events.Retries.Count == 1 && fixture.Time.ActiveTimers == 1);
        List<Task> flushes = [];
        for (int i = 0; i < 200; i++)
        {
            flushes.Add(fixture.Loop.FlushAsync(CancellationToken.None));
            await LoopFixture.Until(() => fixture.Loop.Gauges.Requests == 0 && fixture.Time.ActiveTimers == 1);
        }

        Assert.InRange(sink.Calls.Length, 1, 3);
        using CancellationTokenSource deadline = new();
        Task closing = fixture.Loop.CloseAsync(deadline.Token);
        await deadline.CancelAsync();
        await Task.WhenAll(flushes.Append(closing)).WaitAsync(LoopFixture.Safety);
    }

    [Fact]
    public void A_ticket_counts_only_what_was_issued_before_it_and_is_shared_until_something_new_comes()
    {
        FlushTickets tickets = new();
        Assert.True(tickets.Take().IsCompleted);
        long one = tickets.Issue(), two = tickets.Issue();
        Task first = tickets.Take();
        Assert.Same(first, tickets.Take());
        long three = tickets.Issue();
        Task second = tickets.Take();
        Assert.NotSame(first, second);

        tickets.Settle(three);
        tickets.Settle(one);
        Assert.False(first.IsCompleted);
        tickets.Settle(two);
        Assert.True(first.IsCompleted && second.IsCompleted && tickets.Take().IsCompleted);
    }

    // Invariant: a ticket completes when everything that was issued before it is settled, and not earlier.
    [Fact]
    public async Task Tickets_that_many_threads_take_complete_exactly_when_what_came_before_is_settled()
    {
        const int threads = 8;
        const int rounds = 1_000;
        using Barrier start = new(threads);
        FlushTickets tickets = new();
        ConcurrentQueue<Task> taken = new();
        int early = 0;

        void Attack()
        {
            start.SignalAndWait();
            for (int i = 0; i < rounds; i++)
            {
                long one = tickets.Issue(), two = tickets.Issue();
                _ = tickets.IssueSettled();
                tickets.Settle(two);
                Task ticket = tickets.Take();
                taken.Enqueue(ticket);
                _ = ticket.IsCompleted ? Interlocked.Increment(ref early) : 0;
                tickets.Settle(one);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Factory.StartNew(Attack, TaskCreationOptions.LongRunning)));

        Assert.Equal(0, early);
        await Task.WhenAll(taken).WaitAsync(LoopFixture.Safety);
        Assert.True(tickets.Take().IsCompleted);
    }
}
