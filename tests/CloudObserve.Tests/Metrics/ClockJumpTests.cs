using CloudObserve.Metrics;
using CloudObserve.Metrics.Aggregation;

namespace CloudObserve.Tests.Metrics;

/// <summary>
/// The clock is set while metrics are taken: nothing is lost, nothing comes twice, and no time is one that the service would refuse.
/// </summary>
public sealed class ClockJumpTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 20, TimeSpan.Zero);

    [Theory]
    [InlineData(3 * 3600, 20)]
    [InlineData(-30, 20)]
    [InlineData(-3 * 3600, -3 * 3600)]
    [InlineData(-91 * 86_400, -91 * 86_400)]
    [InlineData(91 * 86_400, 91 * 86_400)]
    public void A_period_gets_the_old_time_unless_the_service_would_refuse_it(int jumpSeconds, int expectedWithinMinuteOf)
    {
        PeriodClock clock = new(StorageResolution.Standard, Noon);
        DateTimeOffset now = Noon.AddSeconds(jumpSeconds);
        bool over = clock.TryAdvance(now, out DateTimeOffset closed);

        Assert.Equal(jumpSeconds != -30, over);
        DateTimeOffset expected = expectedWithinMinuteOf == 20 ? Noon : Noon.AddSeconds(expectedWithinMinuteOf);
        Assert.Equal(PeriodClock.Floor(expected, StorageResolution.Standard), closed);
        Assert.True(clock.OpenStart <= (over ? now : Noon));
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    [InlineData(-24 * 91)]
    [InlineData(24 * 91)]
    public async Task A_series_is_let_go_when_it_was_idle_for_long_whatever_the_clock_shows(int hours)
    {
        MetricsFixture fixture = new();
        fixture.Publisher.Put("Orders", 1);
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        fixture.Time.Jump(TimeSpan.FromHours(hours));
        fixture.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(1, fixture.Signal.SeriesCount);

        fixture.Time.Advance(new MetricsOptions().IdleSeriesTimeout);
        Assert.Equal(0, fixture.Signal.SeriesCount);
        Assert.Equal(1, (await fixture.FlushedAsync()).Sum(d => d.Count));
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    [InlineData(-24 * 91)]
    [InlineData(24 * 91)]
    public async Task Samples_are_published_in_time_whatever_the_clock_shows(int hours)
    {
        MetricsFixture fixture = new();
        fixture.Publisher.Put("Orders", 1);
        fixture.Time.Jump(TimeSpan.FromHours(hours));
        fixture.Publisher.Put("Orders", 1);
        fixture.Time.Advance(new MetricsOptions().PublishInterval * 3);

        Assert.Equal(2, (await fixture.SentAsync()).Sum(d => d.Count));
    }

    [Fact]
    public async Task Every_sample_is_sent_once_whatever_the_clock_does()
    {
        MetricsFixture fixture = new();
        Random random = new(7);
        const int Steps = 300;
        for (int i = 0; i < Steps; i++)
        {
            fixture.Publisher.Put("Orders", 1);
            if (random.Next(4) == 0)
            {
                fixture.Time.Jump(TimeSpan.FromSeconds(random.Next(-40_000, 40_000)) * (random.Next(10) == 0 ? 100 : 1));
            }

            fixture.Time.Advance(TimeSpan.FromSeconds(random.Next(90)));
        }

        SentDatum[] sent = await fixture.FlushedAsync();
        Assert.Equal(Steps, sent.Sum(d => d.Count));
        Assert.Equal((Steps, Steps, 0), (fixture.Books.Accepted, fixture.Books.Delivered, fixture.Books.TotalLost));
    }
}
