using System.Diagnostics.Metrics;
using CloudObserve.Diagnostics;

namespace CloudObserve.Tests.Metrics;

/// <summary>A name that is set, and that the application does not have, is said once after ten minutes.</summary>
public sealed class UnusedSettingsTests : IDisposable
{
    private const string MetersKey = "CloudObserve:Metrics:Meters";

    private readonly Meter _meter = new($"Unused.{Guid.NewGuid():N}.Orders");

    public void Dispose() => _meter.Dispose();

    [Fact]
    public void A_meter_that_nobody_publishes_is_said_once_after_ten_minutes_with_the_nearest_meter()
    {
        string misspelt = _meter.Name.Replace("Orders", "Ordres", StringComparison.Ordinal);
        MetricsFixture fixture = new(m => m.AddMeter(misspelt));
        _ = _meter.CreateCounter<int>("placed");

        fixture.Time.Advance(TimeSpan.FromMinutes(9.5));
        Assert.Empty(fixture.Events.Unused);
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        fixture.Time.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal(
            (MetersKey, $"No meter '{misspelt}' has made an instrument within ten minutes. The nearest name among the meters of this process is '{_meter.Name}'."),
            Assert.Single(fixture.Events.Unused));
    }

    [Fact]
    public void A_wildcard_that_no_meter_matches_is_said_too()
    {
        string misspelt = _meter.Name.Replace("Unused.", "Unusde.", StringComparison.Ordinal)
            .Replace("Orders", "*", StringComparison.Ordinal);
        MetricsFixture fixture = new(m => m.AddMeter(misspelt));
        _ = _meter.CreateCounter<int>("placed");

        fixture.Time.Advance(TimeSpan.FromMinutes(11));

        Assert.EndsWith($"is '{_meter.Name}'.", Assert.Single(fixture.Events.Unused).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_meter_has_a_similar_name_none_is_named()
    {
        string strange = string.Concat(Enumerable.Repeat("qz", 20));
        MetricsFixture fixture = new(m => m.AddMeter(strange));

        fixture.Time.Advance(TimeSpan.FromMinutes(11));

        Assert.Equal($"No meter '{strange}' has made an instrument within ten minutes.", Assert.Single(fixture.Events.Unused).Problem);
    }

    [Fact]
    public void A_meter_that_is_published_in_time_is_not_said()
    {
        MetricsFixture fixture = new(m => m.AddMeter(_meter.Name, "Unused.*", CloudObserveMeter.Name));
        using CloudObserveMeter own = new(null, new SignalSources());

        fixture.Time.Advance(TimeSpan.FromMinutes(9));
        _ = _meter.CreateCounter<int>("placed");
        fixture.Time.Advance(TimeSpan.FromMinutes(20));

        Assert.Empty(fixture.Events.Unused);
    }

    [Fact]
    public async Task After_the_end_nothing_is_said_and_no_timer_is_left()
    {
        MetricsFixture fixture = new(m => m.AddMeter("Unused.Never"));

        await fixture.Signal.CloseAsync(CancellationToken.None);
        fixture.Time.Advance(TimeSpan.FromMinutes(11));

        Assert.Equal(0, fixture.Time.ActiveTimers);
        Assert.Empty(fixture.Events.Unused);
    }

    [Fact]
    public void A_dimension_of_a_roll_up_that_no_series_has_is_said_ten_minutes_after_the_first_series()
    {
        MetricsFixture fixture = new(m => m.Configure("Orders", o => o.RollUpTo("Regoin").RollUpTo("Tier", "Region")));
        fixture.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Empty(fixture.Events.Unused);
        fixture.Publisher.Put("Orders", 1, ("Region", "eu"));
        fixture.Time.Advance(TimeSpan.FromMinutes(9));
        Assert.Empty(fixture.Events.Unused);
        fixture.Publisher.Put("Orders", 1, ("Region", "eu"), ("Tier", "gold"));

        fixture.Time.Advance(TimeSpan.FromMinutes(20));

        Assert.Equal(
            ("CloudObserve:Metrics:PerMetric:Orders:RollUps",
             "No series of the metric has had the dimension 'Regoin' within ten minutes, so it is not rolled up by it. The nearest name among its dimensions is 'Region'."),
            Assert.Single(fixture.Events.Unused));
    }

    [Fact]
    public void Names_are_told_once_however_many_threads_bring_and_take_them()
    {
        for (int round = 0; round < 300; round++)
        {
            ExpectedNames names = new(["a", "b", "c", "d"], string.Equals);
            names.Begin(TimeSpan.Zero);
            int told = 0;
            _ = Parallel.For(0, 8, i =>
            {
                names.Saw(i % 2 == 0 ? "a" : "x" + i);
                _ = Interlocked.Add(ref told, names.TakeMissing(ExpectedNames.Patience).Count(n => n.Name != "a"));
            });

            Assert.Equal(3, told);
            Assert.Empty(names.TakeMissing(TimeSpan.MaxValue));
        }
    }
}
