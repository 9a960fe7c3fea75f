using System.Diagnostics.Metrics;
using CloudObserve.Metrics;

namespace CloudObserve.Tests.Metrics.Meters;

public sealed class TagSetLifetimeTests : IDisposable
{
    private const int Budget = 50;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly Meter _meter = new($"Lifetime.{Guid.NewGuid():N}");

    public void Dispose() => _meter.Dispose();

    [Fact]
    public async Task Tag_sets_that_come_and_go_keep_their_own_series_for_every_kind_of_instrument()
    {
        MetricsFixture fixture = NewFixture();
        Counter<int> counter = _meter.CreateCounter<int>("counter");
        Gauge<int> gauge = _meter.CreateGauge<int>("gauge");
        UpDownCounter<int> level = _meter.CreateUpDownCounter<int>("level");
        string[] pods = [];
        int total = 0;
        _ = _meter.CreateObservableCounter("total", () => pods.Select(p => new Measurement<int>(total, Pod(p))));
        _ = _meter.CreateObservableUpDownCounter("observed", () => pods.Select(p => new Measurement<int>(1, Pod(p))));
        _ = _meter.CreateObservableGauge("observedGauge", () => pods.Select(p => new Measurement<int>(1, Pod(p))));
        for (int wave = 0; wave < 3; wave++)
        {
            pods = [.. Enumerable.Range(0, 40).Select(i => $"pod-{wave}-{i}")];
            foreach (string pod in pods)
            {
                fixture.Publisher.Put("put", 1, MetricUnit.None, ("pod", pod));
                counter.Add(1, Pod(pod));
                gauge.Record(1, Pod(pod));
                level.Add(1, Pod(pod));
                level.Add(-1, Pod(pod));
            }

            total += 10;
            fixture.Time.Advance(Minute);
            pods = [];
            for (int minute = 0; minute < 17; minute++)
            {
                fixture.Time.Advance(Minute);
            }
        }

        SentDatum[] sent = await fixture.FlushedAsync();

        foreach (string name in new[] { "put", "counter", "gauge", "level", "total", "observed", "observedGauge" })
        {
            string[] dimensions = [.. sent.Where(d => d.Name == name).Select(d => d.Dimensions).Distinct()];
            Assert.True(dimensions.Length == 120
                && !dimensions.Contains("pod=(other)"),
                $"{name}: {dimensions.Length} series, {string.Join(' ', dimensions.Where(d => d.Contains('(')))}");
        }

        Assert.Empty(fixture.Books.Lost);
        Assert.Equal(40 * (10 + 20 + 30), sent.Where(d => d.Name == "total").Sum(d => d.Sum));
        Assert.Equal(0, fixture.Books.InFlight);
    }

    [Fact]
    public async Task A_level_back_at_zero_is_sent_until_it_is_idle_and_then_no_more()
    {
        MetricsFixture fixture = NewFixture();
        UpDownCounter<double> level = _meter.CreateUpDownCounter<double>("level");
        level.Add(0.1, Pod("a"));
        level.Add(0.2, Pod("a"));
        level.Add(-0.3, Pod("a"));
        level.Add(3, Pod("b"));
        for (int minute = 0; minute < 60; minute++)
        {
            fixture.Time.Advance(Minute);
        }

        level.Add(7, Pod("a"));
        fixture.Time.Advance(Minute);
        SentDatum[] sent = await fixture.SentAsync();

        SentDatum[] a = [.. sent.Where(d => d.Dimensions == "pod=a")];
        Assert.InRange(a.Length, 15, 18);
        Assert.Equal(7, a[^1].Sum, 9);
        Assert.Equal(61, sent.Count(d => d.Dimensions == "pod=b" && d.Sum == 3));
    }

    [Fact]
    public async Task A_gauge_is_sent_each_period_while_it_lives_and_only_its_changes_by_choice()
    {
        foreach (bool repeat in new[] { true, false })
        {
            MetricsFixture fixture = NewFixture(m => m.RepeatGauges = repeat);
            _meter.CreateGauge<double>("gauge").Record(5);
            for (int minute = 0; minute < 6; minute++)
            {
                fixture.Time.Advance(Minute);
            }

            Assert.Equal(repeat ? 6 : 1, (await fixture.SentAsync()).Length);
            for (int minute = 0; minute < 60; minute++)
            {
                fixture.Time.Advance(Minute);
            }

            SentDatum[] sent = await fixture.SentAsync();
            Assert.InRange(sent.Length, repeat ? 15 : 1, repeat ? 16 : 1);
            Assert.All(sent, d => Assert.Equal((1, 5), (d.Count, d.Sum)));
            await fixture.Signal.CloseAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task What_is_over_the_budget_gets_series_of_its_own_once_others_have_left()
    {
        MetricsFixture fixture = NewFixture(m => m.MaxSeriesPerMetric = 2);
        Counter<int> counter = _meter.CreateCounter<int>("counter");
        MetricSeries bound = fixture.Publisher.Series("counter", MetricUnit.None, ("pod", "bound"));
        counter.Add(1, Pod("a"));
        counter.Add(1, Pod("b"));
        for (int minute = 0; minute < 20; minute++)
        {
            bound.Put(1);
            counter.Add(1, Pod("c"));
            fixture.Time.Advance(Minute);
        }

        SentDatum[] sent = await fixture.SentAsync();

        Assert.Contains(sent, d => d.Dimensions == "pod=(other)");
        Assert.Equal(["pod=bound", "pod=c"], sent.Where(d => d.Timestamp == sent[^1].Timestamp).Select(d => d.Dimensions).Order());
        Assert.Equal(2 + 40, sent.Sum(d => d.Sum));
    }

    [Fact]
    public async Task Levels_over_the_budget_come_back_to_zero_together()
    {
        MetricsFixture fixture = NewFixture(m => m.MaxSeriesPerMetric = 2);
        UpDownCounter<int> level = _meter.CreateUpDownCounter<int>("level");
        string[] pods = ["a", "b", "c", "d"];
        foreach (string pod in pods)
        {
            level.Add(1, Pod(pod));
        }

        fixture.Time.Advance(Minute);
        foreach (string pod in pods)
        {
            level.Add(-1, Pod(pod));
        }

        fixture.Time.Advance(Minute);
        SentDatum[] sent = await fixture.SentAsync();

        Assert.Equal([1, 1, 2], sent.Where(d => d.Timestamp == sent[0].Timestamp).Select(d => (int)d.Sum).Order());
        Assert.All(sent.Where(d => d.Timestamp != sent[0].Timestamp), d => Assert.Equal(0, d.Sum));
    }

    [Fact]
    public async Task No_change_of_a_level_is_lost_while_its_tag_set_leaves_and_comes_back()
    {
        MetricsFixture fixture = NewFixture();
        UpDownCounter<long> level = _meter.CreateUpDownCounter<long>("level");
        using CancellationTokenSource stop = new();
        Task[] writers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                level.Add(1, Pod("a"));
                level.Add(-1, Pod("a"));
            }
        }))];
        for (int i = 0; i < 500; i++)
        {
            // As long as it takes to be idle, so that each collection finds the level due to leave whenever it stands at 0.
            fixture.Time.Advance(TimeSpan.FromMinutes(16));
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        level.Add(3, Pod("a"));
        _ = await fixture.FlushedAsync();
        fixture.Time.Advance(Minute);
        SentDatum last = (await fixture.SentAsync())[^1];

        Assert.Equal(3, last.Values.Last());
        Assert.Equal(0, fixture.Books.InFlight);
    }

    private static KeyValuePair<string, object?> Pod(string name) => new("pod", name);

    private MetricsFixture NewFixture(Action<MetricsOptions>? more = null) => new(m =>
    {
        m.MaxSeriesPerMetric = Budget;
        _ = m.AddMeter(_meter.Name);
        more?.Invoke(m);
    });
}
