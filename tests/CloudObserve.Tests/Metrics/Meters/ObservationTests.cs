using System.Diagnostics.Metrics;

namespace CloudObserve.Tests.Metrics.Meters;

public sealed class ObservationTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);
    private readonly Meter _meter = new($"Observed.{Guid.NewGuid():N}");
    private readonly ManualResetEventSlim _release = new();
    private readonly SemaphoreSlim _inside = new(0);

    public void Dispose()
    {
        _release.Set();
        _meter.Dispose();
    }

    [Fact]
    public async Task A_callback_that_hangs_costs_its_own_instrument_only_and_is_named()
    {
        MetricsFixture fixture = NewFixture();
        CreateStuck("stuck");
        _ = _meter.CreateObservableGauge("fine", () => 1);
        _meter.CreateCounter<int>("counter").Add(1);

        Task<SentDatum[]> flush = fixture.FlushedAsync();
        await _inside.WaitAsync();
        fixture.Time.Advance(Timeout);

        Assert.Equal(["counter", "fine"], (await flush).Select(d => d.Name).Order());
        (string reason, string instrument, string problem, _) = Assert.Single(fixture.Events.Callbacks);
        Assert.Equal(("CallbackTimedOut", $"instrument 'stuck' of meter '{_meter.Name}'"), (reason, instrument));
        Assert.Contains("ObservationTimeout", problem, StringComparison.Ordinal);
        Assert.Empty(fixture.Events.Errors);
    }

    [Fact]
    public async Task An_instrument_is_called_again_only_when_its_callback_has_returned()
    {
        MetricsFixture fixture = NewFixture();
        int calls = 0;
        _ = _meter.CreateObservableGauge("stuck", () =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                _ = _inside.Release();
                _release.Wait();
            }

            return calls;
        });
        Task<SentDatum[]> flush = fixture.FlushedAsync();
        await _inside.WaitAsync();
        fixture.Time.Advance(Timeout);
        Assert.Empty(await flush);
        Assert.Empty(await fixture.FlushedAsync());
        Assert.Equal(1, calls);

        _release.Set();
        SentDatum[] sent = [];
        while (sent.Length == 0)
        {
            sent = await fixture.FlushedAsync();
        }

        Assert.Equal([2], sent.Select(d => (int)d.Sum));
    }

    [Fact]
    public async Task Many_that_hang_are_each_given_up_and_the_rest_is_observed()
    {
        MetricsFixture fixture = NewFixture();
        for (int i = 0; i < 10; i++)
        {
            CreateStuck($"stuck{i}");
        }

        _ = _meter.CreateObservableGauge("fine", () => 1);
        Task<SentDatum[]> flush = fixture.FlushedAsync();
        for (int i = 0; i < 10; i++)
        {
            // Each gets half the time of the one before, down to a sixteenth. Not a moment more, for that would be taken from the one that
            // comes next.
            await _inside.WaitAsync();
            fixture.Time.Advance(Timeout / Math.Min(1 << i, 16));
        }

        Assert.Equal(["fine"], (await flush).Select(d => d.Name));
        Assert.Equal(10, fixture.Events.Callbacks.Select(c => c.Instrument).Distinct().Count());
    }

    [Fact]
    public async Task A_callback_that_hangs_keeps_no_flush_beyond_its_token()
    {
        MetricsFixture fixture = NewFixture();
        CreateStuck("stuck");
        _meter.CreateCounter<int>("counter").Add(1);
        using CancellationTokenSource token = new();
        Task flush = fixture.Signal.FlushAsync(token.Token);
        await _inside.WaitAsync();
        await token.CancelAsync();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flush);
        Assert.Equal(["counter"], (await fixture.SentAsync()).Select(d => d.Name));
    }

    [Fact]
    public async Task A_callback_that_hangs_keeps_no_shutdown_beyond_its_deadline()
    {
        MetricsFixture fixture = NewFixture();
        CreateStuck("stuck");
        _meter.CreateCounter<int>("counter").Add(1);
        using CancellationTokenSource deadline = new();
        Task close = fixture.Signal.CloseAsync(deadline.Token);
        await _inside.WaitAsync();

        // What is there is sent before the callback is given up.
        fixture.Time.Advance(Timeout / 4);
        while ((await fixture.SentAsync()).Length == 0)
        {
            await Task.Yield();
        }

        await deadline.CancelAsync();
        await close;
        Assert.Equal((1, 1, 0), (fixture.Books.Accepted, fixture.Books.Delivered, fixture.Books.InFlight));
    }

    [Fact]
    public async Task A_callback_that_throws_is_named_and_stops_no_other()
    {
        MetricsFixture fixture = NewFixture();
        long total = 5;
        bool fails = false;
        _ = _meter.CreateObservableGauge("broken", Broken);
        _ = _meter.CreateObservableCounter("total", () => fails ? throw new InvalidOperationException("now") : total);
        _ = _meter.CreateObservableGauge("fine", () => 1);
        _ = await fixture.FlushedAsync();
        fails = true;
        _ = await fixture.FlushedAsync();
        (fails, total) = (false, 12);

        SentDatum[] sent = await fixture.FlushedAsync();

        Assert.Equal(3, sent.Count(d => d.Name == "fine"));
        Assert.Equal([5, 7], sent.Where(d => d.Name == "total").Select(d => (int)d.Sum));
        Assert.Contains(fixture.Events.Callbacks, c => c.Reason == "CallbackFailed"
            && c.Instrument.Contains("'broken'", StringComparison.Ordinal) && c.Exception is InvalidOperationException);
        Assert.Empty(fixture.Events.Errors);
    }

    [Fact]
    public async Task Measurements_without_end_are_ended()
    {
        MetricsFixture fixture = NewFixture();
        TaskCompletionSource ended = new();
        _ = _meter.CreateObservableCounter("endless", () => Endless(ended));
        _ = _meter.CreateObservableGauge("fine", () => 1);
        Task<SentDatum[]> flush = fixture.FlushedAsync();
        await _inside.WaitAsync();
        fixture.Time.Advance(Timeout);

        Assert.Equal(["fine"], (await flush).Select(d => d.Name));
        await ended.Task;
    }

    [Fact]
    public async Task The_beat_goes_on_while_a_callback_hangs()
    {
        MetricsFixture fixture = NewFixture();
        CreateStuck("stuck");
        Counter<int> counter = _meter.CreateCounter<int>("counter");
        counter.Add(1);
        Task beat = Task.Run(() => fixture.Time.Advance(TimeSpan.FromMinutes(1)));
        await _inside.WaitAsync();
        fixture.Time.Advance(Timeout);
        await beat;
        counter.Add(1);
        fixture.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(2, (await fixture.SentAsync()).Where(d => d.Name == "counter").Sum(d => d.Sum));
        Assert.Equal(2, fixture.Events.Callbacks.Count);
    }

    private static int Broken() => throw new InvalidOperationException("no");

    private IEnumerable<Measurement<int>> Endless(TaskCompletionSource ended)
    {
        try
        {
            _ = _inside.Release();
            while (true)
            {
                yield return new Measurement<int>(1);
            }
        }
        finally
        {
            ended.SetResult();
        }
    }

    private void CreateStuck(string name) => _meter.CreateObservableGauge(name, () =>
    {
        _ = _inside.Release();
        _release.Wait();
        return 1;
    });

    private MetricsFixture NewFixture() => new(m =>
    {
        m.ObservationTimeout = Timeout;
        _ = m.AddMeter(_meter.Name);
    });
}
