namespace CloudObserve.Testing.Tests;

public sealed class ManualTimeProviderTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void It_stands_still_until_it_is_moved()
    {
        DateTimeOffset start = _clock.GetUtcNow();
        long timestamp = _clock.GetTimestamp();

        _clock.Advance(Second);

        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), start);
        Assert.Equal(start + Second, _clock.GetUtcNow());
        Assert.Equal(Second, _clock.GetElapsedTime(timestamp));
    }

    [Fact]
    public void It_keeps_universal_time_wherever_it_starts()
    {
        ManualTimeProvider clock = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.FromHours(2)));

        Assert.Equal((TimeSpan.Zero, 10), (clock.GetUtcNow().Offset, clock.GetUtcNow().Hour));
        Assert.Equal(clock.GetUtcNow(), clock.GetLocalNow());
    }

    [Fact]
    public void It_does_not_go_back()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(-Second));
    }

    [Fact]
    public void Timers_fire_in_order_and_see_the_moment_they_were_due_at()
    {
        DateTimeOffset start = _clock.GetUtcNow();
        List<(string Name, TimeSpan At)> fired = [];
        using ITimer late = Once("late", 3 * Second, fired);
        using ITimer early = Once("early", Second, fired);
        using ITimer alsoEarly = Once("early, made later", Second, fired);

        _clock.Advance(5 * Second);

        Assert.Equal([("early", Second), ("early, made later", Second), ("late", 3 * Second)], fired.Select(f => (f.Name, f.At)));
        Assert.Equal(start + (5 * Second), _clock.GetUtcNow());
        Assert.Equal(0, _clock.ActiveTimers);
    }

    [Fact]
    public void A_timer_fires_exactly_at_its_time_and_not_before()
    {
        List<(string, TimeSpan)> fired = [];
        using ITimer timer = Once("timer", Second, fired);

        _clock.Advance(Second - TimeSpan.FromTicks(1));
        Assert.Empty(fired);

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Single(fired);
    }

    [Fact]
    public void A_periodic_timer_fires_at_each_period_on_the_way()
    {
        int fired = 0;
        using ITimer timer = _clock.CreateTimer(_ => fired++, null, Second, 2 * Second);

        _clock.Advance(6 * Second);

        Assert.Equal(3, fired);
        Assert.Equal(1, _clock.ActiveTimers);
    }

    [Fact]
    public void A_timer_made_in_a_callback_fires_within_the_same_advance()
    {
        List<(string, TimeSpan)> fired = [];
        ITimer? inner = null;
        using ITimer outer = _clock.CreateTimer(_ => inner = Once("inner", Second, fired), null, Second, Timeout.InfiniteTimeSpan);

        _clock.Advance(2 * Second);

        Assert.Equal([("inner", 2 * Second)], fired);
        inner!.Dispose();
    }

    [Fact]
    public void A_changed_timer_keeps_to_its_new_time_and_a_disposed_one_never_fires()
    {
        List<(string, TimeSpan)> fired = [];
        using ITimer changed = Once("changed", Second, fired);
        ITimer disposed = Once("disposed", Second, fired);

        Assert.True(changed.Change(3 * Second, Timeout.InfiniteTimeSpan));
        disposed.Dispose();
        Assert.False(disposed.Change(Second, Second));
        _clock.Advance(5 * Second);

        Assert.Equal([("changed", 3 * Second)], fired);
    }

    [Fact]
    public async Task Delays_and_timed_cancellation_follow_it()
    {
        Task delay = Task.Delay(TimeSpan.FromHours(1), _clock);
        using CancellationTokenSource deadline = new(TimeSpan.FromHours(2), _clock);

        _clock.Advance(TimeSpan.FromHours(1));
        await delay;
        Assert.False(deadline.IsCancellationRequested);

        _clock.Advance(TimeSpan.FromHours(1));
        Assert.True(deadline.IsCancellationRequested);
    }

    [Fact]
    public async Task Advances_from_many_threads_add_up_or_coincide_and_fire_every_timer_once()
    {
        int fired = 0;
        ITimer[] timers = [.. Enumerable.Range(1, 200).Select(i =>
            _clock.CreateTimer(_ => Interlocked.Increment(ref fired), null, TimeSpan.FromMilliseconds(i), Timeout.InfiniteTimeSpan))];

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _clock.Advance(Second))));

        Assert.Equal(200, fired);
        Assert.Equal(0, _clock.ActiveTimers);
        Assert.All(timers, t => t.Dispose());
    }

    private ITimer Once(string name, TimeSpan due, List<(string Name, TimeSpan At)> fired)
    {
        DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return _clock.CreateTimer(_ => fired.Add((name, _clock.GetUtcNow() - start)), null, due, Timeout.InfiniteTimeSpan);
    }
}
