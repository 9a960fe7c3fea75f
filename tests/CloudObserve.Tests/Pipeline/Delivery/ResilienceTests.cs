using CloudObserve.Delivery;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace CloudObserve.Tests.Pipeline.Delivery;

/// <summary>A host's own pipeline in the place of the default one.</summary>
public sealed class ResilienceTests
{
    private static readonly SendResult Down = SendResult.Failed(ErrorClass.Unavailable, "ServiceUnavailable", "down");

    [Fact]
    public async Task A_hosts_pipeline_decides_when_to_give_up_and_its_losses_are_booked()
    {
        ScriptedSink sink = new((_, _) => Down);
        LoopFixture fixture = new(sink, new DeliveryOptions { ConfigureResilience = b => b.AddRetry(Retries(2)) });
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of("a", "b"));
        await fixture.Drive(LoopFixture.Until(() => fixture.Ledger.Snapshot().InFlight == 0));

        Assert.Equal(3, sink.Calls.Length);
        fixture.AssertBooks(0, (LossReason.RetriesExhausted, 2));
        Assert.Contains("after Unavailable: ServiceUnavailable: down", fixture.Events.Losses.Single().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hosts_pipeline_runs_on_the_librarys_clock_and_is_called_out_of_its_pauses_by_a_close()
    {
        ScriptedSink sink = new((_, attempt) => attempt == 1 ? Down : SendResult.Delivered());
        RetryStrategyOptions<SendResult> retries = Retries(1);
        retries.Delay = TimeSpan.FromHours(1);
        LoopFixture fixture = new(sink, new DeliveryOptions { ConfigureResilience = b => b.AddRetry(retries) });
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of("a"));
        await LoopFixture.Until(() => fixture.Time.ActiveTimers == 1 && fixture.Events.Retries.Count == 1);
        await fixture.Close();

        fixture.AssertBooks(1);
        Assert.Equal(0, fixture.Time.ActiveTimers);
    }

    [Fact]
    public async Task An_exception_of_a_hosts_strategy_loses_the_batch_with_its_name()
    {
        ScriptedSink sink = new((_, _) => Down);
        CircuitBreakerStrategyOptions<SendResult> breaker = new()
        {
            MinimumThroughput = 2,
            FailureRatio = 0.5,
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result?.Error == ErrorClass.Unavailable),
        };
        LoopFixture fixture = new(sink, new DeliveryOptions
        {
            MaxConcurrentRequests = 1,
            ConfigureResilience = b => b.AddCircuitBreaker(breaker),
        });
        fixture.Loop.Start();
        for (int i = 0; i < 5; i++)
        {
            fixture.Enqueue(Batches.Of("a"));
        }

        await fixture.Flush();
        fixture.AssertBooks(0, (LossReason.RetriesExhausted, 5));

        // The next request may begin before the breaker has counted the last.
        Assert.InRange(sink.Calls.Length, 2, 4);
        Assert.Equal(5 - sink.Calls.Length,
            fixture.Events.Losses.Count(l => l.Detail.Contains(nameof(BrokenCircuitException), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_hosts_pipeline_does_not_keep_a_refused_batch_from_being_halved()
    {
        ScriptedSink sink =
            new((batch, _) => batch.ItemCount > 1 ? SendResult.Failed(ErrorClass.TooLarge, "", "") : SendResult.Delivered());
        LoopFixture fixture = new(sink, new DeliveryOptions { ConfigureResilience = b => b.AddRetry(Retries(1)) });
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of("a", "b", "c"));
        await fixture.Flush();

        fixture.AssertBooks(3);
    }

    [Fact]
    public async Task Hedged_attempts_are_counted_and_leave_nothing_behind()
    {
        TaskCompletionSource<SendResult> slow = new();
        ScriptedSink sink = new(
            (_, attempt, token) => attempt == 1
                ? new ValueTask<SendResult>(slow.Task.WaitAsync(token)) : ValueTask.FromResult(SendResult.Delivered()));
        LoopFixture fixture = new(sink, new DeliveryOptions
        {
            ConfigureResilience = b => b.AddHedging(new() { Delay = TimeSpan.FromSeconds(1) }),
        });
        fixture.Loop.Start();
        fixture.Enqueue(Batches.Of("a"));
        await LoopFixture.Until(() => sink.Calls.Length == 1 && fixture.Time.ActiveTimers == 2);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await fixture.Flush();
        await fixture.Close();
        await LoopFixture.Until(() => (fixture.Loop.Gauges with { RequestLimit = 0 }) == default && sink.Batches.All(Batches.IsDisposed));

        Assert.Equal(2, sink.Calls.Length);
        fixture.AssertBooks(1);
    }

    private static RetryStrategyOptions<SendResult> Retries(int most) => new()
    {
        MaxRetryAttempts = most,
        Delay = TimeSpan.FromSeconds(1),
        ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is { Error: not ErrorClass.None and not ErrorClass.TooLarge }),
    };
}
