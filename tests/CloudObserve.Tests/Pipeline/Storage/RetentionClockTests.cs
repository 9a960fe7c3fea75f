using CloudObserve.Pipeline.Storage;
using CloudObserve.Testing;

namespace CloudObserve.Tests.Pipeline.Storage;

public sealed class RetentionClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly ManualTimeProvider _clock = new(Noon);

    [Fact]
    public void A_time_that_follows_on_the_newest_digest_counts_at_once()
    {
        Assert.Equal(Noon, new RetentionClock([], _clock).Now);
        Assert.Equal(Noon, new RetentionClock([Noon - (20 * Day), Noon - (19 * Day), Noon - Day], _clock).Now);
    }

    [Fact]
    public void A_time_far_ahead_counts_after_a_day_under_it()
    {
        _clock.Jump(91 * Day);
        RetentionClock clock = new([Noon - (2 * TimeSpan.FromMinutes(1)), Noon - TimeSpan.FromMinutes(1)], _clock);
        Assert.Equal(Noon - TimeSpan.FromMinutes(1), clock.Now);

        _clock.Advance(TimeSpan.FromHours(23));
        Assert.True(clock.Now < Noon + Day);

        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Noon + (92 * Day), clock.Now);
    }

    [Fact]
    public void Starting_again_and_again_under_a_wrong_time_does_not_make_it_count()
    {
        _clock.Jump(91 * Day);
        List<DateTimeOffset> ends = [Noon];
        for (int start = 0; start < 20; start++)
        {
            RetentionClock clock = new(ends, _clock);
            Assert.True(clock.Now < Noon + Day, $"start {start}: {clock.Now}");
            _clock.Advance(TimeSpan.FromHours(1));
            ends.Add(_clock.GetUtcNow());
            _clock.Jump(start == 10 ? 50 * Day : TimeSpan.Zero);
        }

        // Counted from the second jump on.
        _clock.Advance(TimeSpan.FromHours(20));
        ends.Add(_clock.GetUtcNow());
        Assert.Equal(_clock.GetUtcNow(), new RetentionClock(ends, _clock).Now);
    }

    [Fact]
    public void A_clock_that_is_set_while_the_trail_runs_counts_after_a_day_or_when_it_is_put_right()
    {
        RetentionClock clock = new([Noon], _clock);
        _clock.Advance(Day);
        Assert.Equal(Noon + Day, clock.Now);

        _clock.Jump(91 * Day);
        Assert.Equal(Noon + Day, clock.Now);
        _clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal(Noon + Day + TimeSpan.FromHours(5), clock.Now);

        _clock.Jump(-91 * Day);
        DateTimeOffset right = _clock.GetUtcNow();
        Assert.Equal(right, clock.Now);

        _clock.Jump(91 * Day);
        Assert.Equal(right, clock.Now);
        _clock.Advance(Day);
        Assert.Equal(_clock.GetUtcNow(), clock.Now);
    }

    [Fact]
    public void A_clock_that_was_set_back_is_believed()
    {
        _clock.Jump(-3 * Day);
        Assert.Equal(Noon - (3 * Day), new RetentionClock([Noon], _clock).Now);
    }
}
