using CloudObserve.Metrics;

namespace CloudObserve.Tests.Metrics;

public sealed class MetricsSignalTests
{
    private static readonly DateTimeOffset Minute = MetricsFixture.Start.AddSeconds(-20);

    [Fact]
    public async Task Samples_are_stamped_with_the_start_of_the_minute_they_were_put_in()
    {
        MetricsFixture fixture = new();
        fixture.Publisher.Put("Orders", 1);
        fixture.Time.Advance(TimeSpan.FromSeconds(39.999));
        fixture.Publisher.Put("Orders", 2);
        fixture.Time.Advance(TimeSpan.FromSeconds(0.001));
        fixture.Publisher.Put("Orders", 4);

        SentDatum[] sent = await fixture.FlushedAsync();

        Assert.Equal([(Minute, 3), (Minute.AddMinutes(1), 4)], sent.Select(d => (d.Timestamp, d.Sum)));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.25)]
    [InlineData(0.99)]
    public async Task What_was_collected_waits_for_the_moment_of_its_own_process(double offset)
    {
        MetricsFixture fixture = new(publishOffset: offset);
        fixture.Publisher.Put("Orders", 1);
        TimeSpan publishAt = TimeSpan.FromMinutes(offset);
        while (publishAt < TimeSpan.FromSeconds(40))
        {
            publishAt += TimeSpan.FromMinutes(1);
        }

        fixture.Time.Advance(publishAt - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await fixture.SentAsync());
        fixture.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(Minute, Assert.Single(await fixture.SentAsync()).Timestamp);
    }

    [Fact]
    public async Task A_short_interval_sends_an_open_period_in_parts()
    {
        MetricsFixture fixture = new(m => m.PublishInterval = TimeSpan.FromSeconds(5));
        for (int i = 0; i < 16; i++)
        {
            fixture.Publisher.Put("Orders", 1);
            fixture.Time.Advance(TimeSpan.FromSeconds(5));
        }

        SentDatum[] sent = await fixture.SentAsync();

        Assert.Equal(16, sent.Length);
        Assert.Equal([Minute, Minute.AddMinutes(1)], sent.Select(d => d.Timestamp).Distinct());
        Assert.Equal([8, 8], sent.GroupBy(d => d.Timestamp).Select(g => (int)g.Sum(d => d.Sum)));
    }

    [Fact]
    public async Task High_resolution_samples_are_stamped_with_their_second()
    {
        MetricsFixture fixture = new(m => m.Configure("Fine", f => f.Resolution = StorageResolution.High));
        for (int i = 0; i < 4; i++)
        {
            fixture.Publisher.Put("Fine", 1);
            fixture.Publisher.Put("Coarse", 1);
            fixture.Time.Advance(TimeSpan.FromSeconds(0.5));
        }

        SentDatum[] sent = await fixture.FlushedAsync();

        Assert.Equal(
            [(MetricsFixture.Start, 2), (MetricsFixture.Start.AddSeconds(1), 2)],
            sent.Where(d => d.Name == "Fine").Select(d => (d.Timestamp, (int)d.Count)));
        Assert.All(sent.Where(d => d.Name == "Fine"), d => Assert.Equal(1, d.Resolution));
        Assert.Equal(4, Assert.Single(sent, d => d.Name == "Coarse").Count);
    }

    [Fact]
    public async Task An_idle_host_wakes_no_more_often_than_its_periods_and_sends_nothing()
    {
        MetricsFixture fixture = new();
        fixture.Time.Advance(TimeSpan.FromHours(3));

        Assert.Empty(await fixture.SentAsync());
        Assert.Equal(1, fixture.Time.ActiveTimers);
    }

    [Fact]
    public async Task Closing_sends_the_open_period_and_leaves_no_timer()
    {
        MetricsFixture fixture = new();
        fixture.Publisher.Put("Orders", 1);
        fixture.Publisher.PutAt(MetricsFixture.Start.AddHours(-1), "Late", 1);

        await fixture.Signal.CloseAsync(CancellationToken.None);
        await fixture.Signal.CloseAsync(CancellationToken.None);

        Assert.Equal(2, (await fixture.SentAsync()).Length);
        Assert.Equal((2, 2, 0), (fixture.Books.Accepted, fixture.Books.Delivered, fixture.Books.InFlight));
        Assert.Equal(0, fixture.Time.ActiveTimers);
    }

    [Fact]
    public async Task Thousands_of_series_fill_several_requests_within_the_limits()
    {
        MetricsFixture fixture = new();
        for (int i = 0; i < 2_500; i++)
        {
            fixture.Publisher.Put($"Metric {i}", i);
        }

        SentDatum[] sent = await fixture.FlushedAsync();

        Assert.Equal(2_500, sent.Select(d => d.Name).Distinct().Count());
        Assert.Equal(2_500, fixture.Books.Delivered);
    }

    [Fact]
    public async Task A_distribution_too_wide_for_one_datum_takes_several_of_the_same_time()
    {
        MetricsFixture fixture = new();
        double sum = 0;
        for (int i = 0; i < 20_000; i++)
        {
            double value = 1 + (i * 0.05);
            fixture.Publisher.Put("Latency", value);
            sum += value;
        }

        SentDatum[] sent = await fixture.FlushedAsync();

        Assert.True(sent.Length > 1);
        Assert.All(sent, d => Assert.InRange(d.Values.Length, 1, 150));
        Assert.All(sent, d => Assert.Equal(Minute, d.Timestamp));
        Assert.Equal(20_000, sent.Sum(d => d.Count));
        Assert.Equal(sum, sent.Sum(d => d.Sum), sum * 1e-12);
        Assert.Equal((1, 1 + (19_999 * 0.05)), (sent.Min(d => d.Values.Min()), sent.Max(d => d.Values.Max())));
    }
}
