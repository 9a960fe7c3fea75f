using CloudObserve.Delivery;

namespace CloudObserve.Tests.Pipeline.Delivery;

public sealed class CloseTests
{
    private static readonly SendResult Down =
        SendResult.Failed(ErrorClass.Unavailable, "ServiceUnavailable", "down", TimeSpan.FromSeconds(60));

    [Fact]
    public async Task Closing_delivers_what_there_is_also_when_the_loop_was_never_started()
    {
        ScriptedSink sink = new((_, _) => SendResult.Delivered());
        LoopFixture fixture = new(sink);
        fixture.Enqueue(Batches.Of("a"));
        await fixture.Close();

        fixture.AssertBooks(1);
        Assert.Equal(0, fixture.Time.ActiveTimers);
    }

    [Fact]
    public async Task A_batch_that_comes_after_the_close_is_booked_as_closed()
    {
        ScriptedSink sink = new((_, _) => SendResult.Delivered());
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        await fixture.Close();
        Batch late = Batches.Of("late", "later");
        fixture.Enqueue(late);

        Assert.True(Batches.IsDisposed(late));
        fixture.AssertBooks(0, (LossReason.Closed, 2));
    }

    [Fact]
    public async Task Closing_does_not_sit_out_a_pause()
    {
        ScriptedSink sink = new((_, attempt) => attempt == 1 ? Down : SendResult.Delivered());
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of("a"));
        await LoopFixture.Until(() => fixture.Events.Retries.Count == 1);
        await fixture.Close();

        Assert.Equal(Batches.Start, fixture.Time.GetUtcNow());
        Assert.Equal(0, fixture.Time.ActiveTimers);
        fixture.AssertBooks(1);
    }

    [Fact]
    public async Task At_the_deadline_what_is_left_is_booked_and_everything_ends()
    {
        List<CancellationToken> tokens = [];
        ScriptedSink sink = new(async (batch, _, token) =>
        {
            switch (Batches.ItemsOf(batch)[0])
            {
                case "pausing":
                    return Down;
                case "deaf":
                    return await new TaskCompletionSource<SendResult>().Task;
                default:
                    lock (tokens)
                    {
                        tokens.Add(token);
                    }

                    await Task.Delay(Timeout.Infinite, token);
                    return Down;
            }
        });
        LoopFixture fixture = new(sink, new DeliveryOptions { MaxConcurrentRequests = 3 });
        fixture.Loop.Start();
        fixture.Enqueue(Batches.To("p", "pausing", "pausing"));
        await LoopFixture.Until(() => fixture.Events.Retries.Count == 1);
        fixture.Enqueue(Batches.To("d", "deaf"));
        fixture.Enqueue(Batches.To("s", "sending"));
        fixture.Enqueue(Batches.To("s", "sending"));
        fixture.Enqueue(Batches.To("q", "queued", "queued", "queued"));
        await LoopFixture.Until(() => fixture.Loop.Gauges.Requests == 3 && tokens.Count == 2);

        using CancellationTokenSource deadline = new();
        Task closing = fixture.Loop.CloseAsync(deadline.Token).WaitAsync(LoopFixture.Safety);
        Task flush = fixture.Flush();
        await deadline.CancelAsync();
        await closing;
        await flush;

        Assert.All(tokens, t => Assert.True(t.IsCancellationRequested));
        Assert.Equal(0, fixture.Time.ActiveTimers);
        Assert.Equal(default, fixture.Loop.Gauges with { RequestLimit = 0 });
        fixture.AssertBooks(0, (LossReason.ShutdownDeadline, 8));
        await LoopFixture.Until(() => sink.Batches.All(b => Batches.IsDisposed(b) != (b.Destination == "d")));
    }

    [Fact]
    public async Task A_deadline_that_has_passed_already_books_everything_at_once()
    {
        ScriptedSink sink = new((_, _) => SendResult.Delivered());
        LoopFixture fixture = new(sink);
        fixture.Enqueue(Batches.Of("a"));
        fixture.Enqueue(Batches.Of("b"));
        await fixture.Loop.CloseAsync(new CancellationToken(canceled: true)).WaitAsync(LoopFixture.Safety);

        LedgerSnapshot books = fixture.Ledger.Snapshot();
        Assert.Equal((2, 0), (books.Delivered + books.TotalLost, books.InFlight));
    }

    [Fact]
    public async Task Closing_twice_waits_for_the_same_end()
    {
        TaskCompletionSource<SendResult> answer = new();
        ScriptedSink sink = new((_, _, _) => new ValueTask<SendResult>(answer.Task));
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of("a"));
        Task first = fixture.Close();
        Task second = fixture.Close();
        Assert.False(first.IsCompleted || second.IsCompleted);
        answer.SetResult(SendResult.Delivered());
        await first;
        await second;
        await fixture.Close();
        fixture.AssertBooks(1);
    }

    [Fact]
    public async Task A_callback_that_throws_on_cancellation_keeps_nothing_else_from_ending()
    {
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int registered = 0;
        ScriptedSink sink = new(async (_, _, token) =>
        {
            await go.Task;
            token.Register(() => throw new InvalidOperationException("in a callback"));
            Interlocked.Increment(ref registered);
            return await new TaskCompletionSource<SendResult>().Task;
        });
        LoopFixture fixture = new(sink);
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of("a"));
        fixture.Enqueue(Batches.Of("b"));
        await LoopFixture.Until(() => sink.Calls.Length == 2);
        go.SetResult();
        await LoopFixture.Until(() => Volatile.Read(ref registered) == 2);
        await fixture.Loop.CloseAsync(new CancellationToken(canceled: true)).WaitAsync(LoopFixture.Safety);

        Assert.NotEmpty(fixture.Events.Errors);
        fixture.AssertBooks(0, (LossReason.ShutdownDeadline, 2));
    }
}
