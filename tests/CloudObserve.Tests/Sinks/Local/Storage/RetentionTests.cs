using CloudObserve.Local;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Tests.Sinks.Local.Storage;

public sealed class RetentionTests
{
    private static readonly DateTimeOffset Noon = LocalCloudWatch.Noon;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly LocalCloudWatch _local = new();

    [Fact]
    public void High_resolution_data_can_be_read_by_the_second_for_three_hours()
    {
        PutSeconds(120);
        _local.Clock.Advance(TimeSpan.FromHours(3));

        Assert.Equal(120, _local.Data("Sum", Noon, Noon.AddHours(1), Second).Values.Count);
    }

    [Fact]
    public void Seconds_become_minutes_after_three_hours_with_nothing_lost()
    {
        PutSeconds(120);
        _local.Clock.Advance(TimeSpan.FromHours(3) + TimeSpan.FromMinutes(10));

        Assert.Equal([(60, 1770), (60, 5370)], Totals(Noon, Noon.AddHours(1), Minute));
        // Within the bins that the 30th and the 90th sample lie in.
        Assert.Equal([29.5, 89.1], _local.Data("p50", Noon, Noon.AddHours(1), Minute).Values.Select(value => Math.Round(value, 1)));
        Assert.Equal((0, 2), _local.CloudWatch.Metrics.Inspect(table => (Points(table, 1), Points(table, 60))));
    }

    [Theory]
    [InlineData(15, 5)]
    [InlineData(63, 60)]
    public void Data_is_merged_to_coarser_periods_as_it_ages(int days, int minutes)
    {
        for (int minute = 0; minute < 120; minute++)
        {
            _local.Put(Noon.AddMinutes(minute), minute);
        }

        _local.Clock.Advance(TimeSpan.FromDays(days) + TimeSpan.FromHours(3));
        TimeSpan period = TimeSpan.FromMinutes(minutes);
        IReadOnlyList<Datapoint> read = _local.Statistics(Noon, Noon.AddHours(2), period);

        Assert.Equal(120 / minutes, _local.CloudWatch.Metrics.Inspect(table => Points(table, minutes * 60)));
        Assert.Equal(120 / minutes, read.Count);
        Assert.All(read, point => Assert.Equal(minutes, point.SampleCount));
        Assert.Equal(Enumerable.Range(0, 120).Sum(), read.Sum(point => point.Sum));
        Assert.Equal((0, 119), (read.Min(point => point.Minimum), read.Max(point => point.Maximum)));
    }

    [Fact]
    public void Data_can_be_read_by_the_hour_for_455_days_and_then_no_more()
    {
        _local.Put(Noon, 5);

        _local.Clock.Advance(TimeSpan.FromDays(455));
        Assert.Equal([(1, 5)], Totals(Noon, Noon.AddHours(1), Hour));

        _local.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(Totals(Noon, Noon.AddHours(1), Hour));
    }

    [Fact]
    public void Late_data_goes_where_data_of_its_age_is_and_is_counted_once()
    {
        _local.Put(Noon, 1, resolution: 1);
        _local.Clock.Advance(TimeSpan.FromHours(4));
        _local.Put(Noon.AddSeconds(30), 2, resolution: 1);
        _local.Put(Noon.AddSeconds(40), 3);

        Assert.Equal([(3, 6)], Totals(Noon, Noon.AddHours(1), Minute));
        Assert.Equal(1, _local.CloudWatch.Metrics.Inspect(table => Points(table, 60)));
    }

    [Fact]
    public void A_window_adds_up_what_lies_in_different_tiers()
    {
        _local.Put(Noon, 1, resolution: 1);
        _local.Put(Noon, 2, resolution: 60);
        _local.Put(Noon.AddSeconds(59), 4, resolution: 1);

        Assert.Equal([(3, 7)], Totals(Noon, Noon.AddHours(1), Minute));
        Assert.Equal([(3, 7)], Totals(Noon, Noon.AddHours(1), Hour));
    }

    [Theory]
    [InlineData(3.1, 1)]
    [InlineData(15 * 24 + 1, 60)]
    [InlineData(63 * 24 + 1, 300)]
    public void A_period_too_fine_for_a_start_so_long_ago_has_no_datapoints(double hoursAgo, int seconds)
    {
        _local.Put(Noon, 1);
        _local.Clock.Advance(TimeSpan.FromHours(hoursAgo));

        Assert.Empty(_local.Statistics(Noon, Noon.AddMinutes(10), TimeSpan.FromSeconds(seconds)));
        Assert.Empty(_local.Data("Sum", Noon, Noon.AddMinutes(10), TimeSpan.FromSeconds(seconds)).Values);
        Assert.Single(_local.Statistics(Noon, Noon.AddHours(1), Hour));
    }

    [Theory]
    [InlineData(1, 60, "12:32:00")]
    [InlineData(16, 300, "12:30:00")]
    [InlineData(64, 3600, "12:00:00")]
    public void The_start_is_rounded_down_by_age_and_the_first_window_begins_there(int daysAgo, int period, string start)
    {
        DateTimeOffset asked = Noon.AddMinutes(32).AddSeconds(34);
        _local.Put(Noon.AddMinutes(32), 1);
        _local.Clock.Advance(TimeSpan.FromDays(daysAgo));

        MetricDataResult result = _local.Data("Sum", asked, asked.AddHours(1), TimeSpan.FromSeconds(period));

        Assert.Equal(start, Assert.Single(result.Timestamps).ToString("HH:mm:ss", null));
    }

    [Fact]
    public void A_start_is_rounded_to_a_period_shorter_than_a_minute()
    {
        _local.Put(Noon.AddSeconds(12), 1, resolution: 1);

        MetricDataResult result = _local.Data("Sum", Noon.AddSeconds(13), Noon.AddSeconds(20), TimeSpan.FromSeconds(10));

        Assert.Equal(Noon.AddSeconds(10), Assert.Single(result.Timestamps));
    }

    private static int Points(StoredSeriesTable table, int period) =>
        table.All.Sum(series => series.Streams.Sum(stream => stream.Tiers.Single(tier => tier.Period == period).Count));

    private void PutSeconds(int count)
    {
        for (int second = 0; second < count; second++)
        {
            _local.Put(Noon.AddSeconds(second), second, resolution: 1);
        }
    }

    private List<(double, double)> Totals(DateTimeOffset start, DateTimeOffset end, TimeSpan period) =>
        [.. _local.Statistics(start, end, period).Select(point => (point.SampleCount!.Value, point.Sum!.Value))];
}
