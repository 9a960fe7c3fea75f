namespace CloudObserve.Tests.Filters.Transformations;

/// <summary>When a filter's default is reported: rows T01 to T04 of the facts, and what happens at the edges of minutes.</summary>
public sealed class DefaultMinutesTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FilterBench _bench = new FilterBench().With(FilterBench.Filter("Errors", "ERROR", t => t.Default(0)), FilterBench.Filter("Plain", "ERROR"));

    [Fact]
    public async Task A_minute_with_matches_reports_them_and_no_default()
    {
        See("ERROR", "ERROR");
        Assert.Equal(["Shop/Errors{} None 0s 2 2", "Shop/Plain{} None 0s 2 2"], await AfterAsync(Minute));
    }

    [Fact]
    public async Task A_minute_with_events_of_which_none_matches_reports_the_default()
    {
        See("fine", "well");
        Assert.Equal(["Shop/Errors{} None 0s 1 0"], await AfterAsync(Minute));
    }

    [Fact]
    public async Task A_minute_without_events_reports_nothing()
    {
        See("ERROR");
        Assert.Equal(["Shop/Errors{} None 0s 1 1", "Shop/Plain{} None 0s 1 1"], await AfterAsync(10 * Minute));
    }

    [Fact]
    public async Task A_default_is_reported_once_and_not_before_its_minute_is_over()
    {
        See("fine");
        Assert.Empty(await AfterAsync(Minute / 2));
        Assert.Equal(["Shop/Errors{} None 0s 1 0"], await AfterAsync(Minute));
        Assert.Equal(["Shop/Errors{} None 0s 1 0"], await AfterAsync(Minute));
    }

    [Fact]
    public async Task Around_the_edge_of_a_minute_the_order_of_events_does_not_matter()
    {
        _bench.Metrics.Time.Advance(TimeSpan.FromSeconds(41));
        _ = _bench.See("fine");
        _ = _bench.See("ERROR", ago: TimeSpan.FromSeconds(2));
        _ = _bench.See("fine", ago: TimeSpan.FromSeconds(2));

        Assert.Equal(
            ["Shop/Errors{} None 0s 1 1", "Shop/Errors{} None 60s 1 0", "Shop/Plain{} None 0s 1 1"],
            (await AfterAsync(Minute + TimeSpan.FromSeconds(2))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_open_at_the_end_is_reported()
    {
        See("fine");
        _bench.Gate.Close(_bench.Now);

        Assert.Equal(["Shop/Errors{} None 0s 1 0"], await _bench.SentAsync());
    }

    [Fact]
    public async Task A_filter_that_is_taken_away_reports_what_is_open()
    {
        See("fine");
        _ = _bench.With();
        See("fine");

        Assert.Equal(["Shop/Errors{} None 0s 1 0"], await _bench.SentAsync());
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_stop_the_defaults()
    {
        See("fine");
        _bench.Gate.Advance(_bench.Now - TimeSpan.FromHours(1));

        Assert.Equal(["Shop/Errors{} None 0s 1 0"], await _bench.SentAsync());
    }

    private void See(params string[] texts)
    {
        foreach (string text in texts)
        {
            Assert.Null(_bench.See(text));
        }
    }

    private async Task<string[]> AfterAsync(TimeSpan time)
    {
        _bench.Metrics.Time.Advance(time);
        _bench.Gate.Advance(_bench.Now);
        return await _bench.SentAsync();
    }
}
