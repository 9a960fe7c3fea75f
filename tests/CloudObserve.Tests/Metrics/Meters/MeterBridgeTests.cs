using System.Diagnostics.Metrics;
using CloudObserve.Delivery;
using CloudObserve.Metrics;
using CloudObserve.Metrics.Meters;

namespace CloudObserve.Tests.Metrics.Meters;

public sealed class MeterBridgeTests : IDisposable
{
    private readonly Meter _meter = new($"Bridge.{Guid.NewGuid():N}");

    public void Dispose() => _meter.Dispose();

    [Fact]
    public async Task A_counter_arrives_as_deltas_with_its_tags_as_dimensions()
    {
        MetricsFixture fixture = NewFixture();
        Counter<int> counter = _meter.CreateCounter<int>("orders", "{order}");
        counter.Add(2, new("region", "eu"), new("express", true), new("zone", 7));
        counter.Add(3, new("zone", 7), new("region", "eu"), new("express", true));

        SentDatum datum = Assert.Single(await fixture.FlushedAsync());
        Assert.Equal(("orders", "express=true,region=eu,zone=7", "Count", 5), (datum.Name, datum.Dimensions, datum.Unit, datum.Sum));
    }

    [Fact]
    public async Task Histograms_and_gauges_of_every_number_type_arrive_as_samples()
    {
        MetricsFixture fixture = NewFixture();
        _meter.CreateHistogram<byte>("byte").Record(1);
        _meter.CreateHistogram<short>("short").Record(2);
        _meter.CreateHistogram<int>("int").Record(3);
        _meter.CreateHistogram<long>("long").Record(4);
        _meter.CreateHistogram<float>("float").Record(5.5f);
        _meter.CreateHistogram<double>("double", "s").Record(6.25);
        _meter.CreateHistogram<decimal>("decimal").Record(7.75m);
        _meter.CreateGauge<int>("gauge").Record(8);

        Dictionary<string, double> sent = (await fixture.FlushedAsync()).ToDictionary(d => d.Name, d => d.Sum);

        string[] names = ["byte", "short", "int", "long", "float", "double", "decimal", "gauge"];
        Assert.Equal([1, 2, 3, 4, 5.5, 6.25, 7.75, 8], names.Select(n => sent[n]));
    }

    [Fact]
    public async Task An_up_down_counter_is_sampled_as_its_level_once_a_period()
    {
        MetricsFixture fixture = NewFixture();
        UpDownCounter<long> open = _meter.CreateUpDownCounter<long>("open");
        open.Add(5);
        open.Add(-2);
        fixture.Time.Advance(TimeSpan.FromSeconds(40));
        open.Add(1);
        fixture.Time.Advance(TimeSpan.FromSeconds(80));

        SentDatum[] sent = await fixture.SentAsync();

        Assert.Equal([3, 4], sent.Select(d => (int)d.Values.Single()));
    }

    [Fact]
    public async Task Observable_instruments_are_observed_once_a_period_counters_as_growth()
    {
        MetricsFixture fixture = NewFixture();
        long total = 10;
        _ = _meter.CreateObservableCounter("total", () => total);
        _ = _meter.CreateObservableGauge(
            "temperature", () => new Measurement<double>(21.5, new KeyValuePair<string, object?>("room", "a")));
        _ = _meter.CreateObservableUpDownCounter("queue", () => 4);
        fixture.Time.Advance(TimeSpan.FromSeconds(40));
        total = 25;
        fixture.Time.Advance(TimeSpan.FromSeconds(60));
        fixture.Time.Advance(TimeSpan.FromSeconds(60));
        total = 3;
        fixture.Time.Advance(TimeSpan.FromSeconds(80));

        SentDatum[] sent = await fixture.SentAsync();

        Assert.Equal([10, 15, 3], sent.Where(d => d.Name == "total").Select(d => (int)d.Sum));
        Assert.Equal([21.5, 21.5, 21.5, 21.5], sent.Where(d => d.Dimensions == "room=a").Select(d => d.Sum));
        Assert.Equal(4, sent.Count(d => d.Name == "queue" && d.Sum == 4));
    }

    [Fact]
    public async Task Only_chosen_meters_are_published_also_when_they_come_later()
    {
        string family = $"Family.{Guid.NewGuid():N}";
        MetricsFixture fixture = new(m => m.AddMeter($"{family}.*.Web"));
        using Meter chosen = new($"{family}.One.Web");
        using Meter other = new($"{family}.One.Worker");
        chosen.CreateCounter<int>("hits").Add(1);
        other.CreateCounter<int>("hits").Add(1);

        _ = Assert.Single(await fixture.FlushedAsync());
    }

    [Fact]
    public async Task A_tag_without_a_value_is_left_out()
    {
        MetricsFixture fixture = NewFixture();
        Counter<int> counter = _meter.CreateCounter<int>("orders");
        counter.Add(1, new KeyValuePair<string, object?>("error", null), new KeyValuePair<string, object?>("note", ""));

        Assert.Equal("", Assert.Single(await fixture.FlushedAsync()).Dimensions);
    }

    [Fact]
    public async Task Over_the_budget_samples_are_folded_and_growth_that_cannot_be_told_is_refused()
    {
        MetricsFixture fixture = NewFixture(m => m.MaxSeriesPerMetric = 2);
        Counter<int> counter = _meter.CreateCounter<int>("orders");
        _ = _meter.CreateObservableCounter("total", FiveUsers);
        for (int i = 0; i < 10; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("user", i));
        }

        SentDatum[] sent = await fixture.FlushedAsync();

        Assert.Equal(8, Assert.Single(sent, d => d.Name == "orders" && d.Dimensions == "user=(other)").Sum);
        Assert.Equal(10, sent.Where(d => d.Name == "orders").Sum(d => d.Sum));
        Assert.Equal(3, fixture.Books.Lost[MetricLossReasons.CardinalityBudget]);
        Assert.Contains(fixture.Events.Changes, c => (c.Cause, c.Subject) == ("CardinalityBudget", "orders"));
        Assert.DoesNotContain(fixture.Events.Misuses, m => m.Subject == "orders");
    }

    [Fact]
    public void A_measurement_with_known_tags_allocates_nothing()
    {
        MetricsFixture fixture = NewFixture();
        Histogram<double> histogram = _meter.CreateHistogram<double>("latency", "ms");
        KeyValuePair<string, object?> route = new("route", "/cart");
        KeyValuePair<string, object?> status = new("status", 200);
        histogram.Record(1, route, status);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            histogram.Record(1, route, status);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1_001, fixture.Books.Accepted);
    }

    public static TheoryData<object> TagValues =>
        [200, 200L, true, 1.5, 1.5m, DayOfWeek.Friday, TimeSpan.FromSeconds(1), "größe", new[] { "a", "b" }];

    [Theory]
    [MemberData(nameof(TagValues))]
    public void Neither_does_one_with_tags_of_other_types_or_with_tags_that_are_repaired(object value)
    {
        MetricsFixture fixture = NewFixture();
        UpDownCounter<long> level = _meter.CreateUpDownCounter<long>("level");
        Gauge<double> gauge = _meter.CreateGauge<double>("gauge");
        KeyValuePair<string, object?> tag = new("tag", value);
        level.Add(1, tag);
        gauge.Record(1, tag);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            level.Add(1, tag);
            gauge.Record(1, tag);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1_001, fixture.Books.Accepted);
    }

    [Theory]
    [InlineData(null, MetricUnit.None)]
    [InlineData("1", MetricUnit.None)]
    [InlineData("s", MetricUnit.Seconds)]
    [InlineData("ms", MetricUnit.Milliseconds)]
    [InlineData("By", MetricUnit.Bytes)]
    [InlineData("By/s", MetricUnit.BytesPerSecond)]
    [InlineData("{request}", MetricUnit.Count)]
    [InlineData("{request}/s", MetricUnit.CountPerSecond)]
    [InlineData("%", MetricUnit.Percent)]
    [InlineData("bytes", MetricUnit.Bytes)]
    [InlineData("Cel", MetricUnit.None)]
    [InlineData("Cel/s", MetricUnit.None)]
    public void Units_are_translated_where_CloudWatch_has_the_same(string? unit, MetricUnit expected) =>
        Assert.Equal(expected, UcumUnits.Translate(unit));

    private static IEnumerable<Measurement<int>> FiveUsers() =>
        Enumerable.Range(0, 5).Select(i => new Measurement<int>(1, new KeyValuePair<string, object?>("user", i)));

    private MetricsFixture NewFixture(Action<MetricsOptions>? more = null) => new(m =>
    {
        _ = m.AddMeter(_meter.Name);
        more?.Invoke(m);
    });
}
