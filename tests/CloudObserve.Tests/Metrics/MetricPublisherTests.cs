using System.Globalization;
using CloudObserve.Delivery;
using CloudObserve.Metrics;

namespace CloudObserve.Tests.Metrics;

public sealed class MetricPublisherTests
{
    private static readonly double TooLarge = Math.ScaleB(1, 361);

    [Fact]
    public async Task A_sample_arrives_with_its_name_unit_and_dimensions()
    {
        MetricsFixture fixture = new(m => m.Namespace = "Shop");
        fixture.Publisher.Put("OrderValue", 12.5, MetricUnit.BytesPerSecond, ("Tier", "gold"), ("Region", "eu"));

        SentDatum datum = Assert.Single(await fixture.FlushedAsync());
        Assert.Equal(("Shop", "OrderValue", "Region=eu,Tier=gold", "Bytes/Second", 60),
            (datum.Namespace, datum.Name, datum.Dimensions, datum.Unit, datum.Resolution));
        Assert.Equal([12.5], datum.Values);
    }

    [Fact]
    public async Task Names_and_values_that_need_escaping_arrive_as_they_are()
    {
        MetricsFixture fixture = new(m => m.Namespace = "Shop \"&<>");
        fixture.Publisher.Put("Größe \"x\" \\ 😀", 1, MetricUnit.None, ("A\"b", "c\\d/<e>"));

        SentDatum datum = Assert.Single(await fixture.FlushedAsync());
        Assert.Equal(("Shop \"&<>", "Größe \"x\" \\ 😀", "A\"b=c\\d/<e>"), (datum.Namespace, datum.Name, datum.Dimensions));
    }

    [Fact]
    public async Task Dimensions_can_be_given_without_a_unit_and_then_the_configured_unit_holds()
    {
        MetricsFixture fixture = new(m => m.Configure("Size", s => s.Unit = MetricUnit.Bytes));
        fixture.Publisher.Put("Size", 1, ("Region", "eu"));
        fixture.Publisher.PutAt(MetricsFixture.Start.AddHours(-1), "Size", 2, ("Region", "eu"));
        fixture.Publisher.Series("Size", ("Region", "us")).Put(3);
        fixture.Publisher.Put("Orders", 4);
        fixture.Publisher.Series("Orders").Put(5);

        SentDatum[] sent = await fixture.FlushedAsync();

        Assert.Equal(
            ["Orders//None=9", "Size/Region=eu/Bytes=1", "Size/Region=eu/Bytes=2", "Size/Region=us/Bytes=3"],
            sent.Select(d => $"{d.Name}/{d.Dimensions}/{d.Unit ?? "None"}={d.Sum}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_bound_series_counts_and_measures_durations_in_its_own_unit()
    {
        MetricsFixture fixture = new();
        fixture.Publisher.Series("Orders", MetricUnit.Count).Increment();
        (string Name, MetricUnit Unit)[] durations =
            [("None", MetricUnit.None), ("Seconds", MetricUnit.Seconds), ("Milliseconds", MetricUnit.Milliseconds),
                ("Microseconds", MetricUnit.Microseconds)];
        MetricTimer[] timers = [.. durations.Select(d => fixture.Publisher.Series(d.Name, d.Unit).Time())];
        fixture.Time.Advance(TimeSpan.FromMilliseconds(1_500));
        Array.ForEach(timers, t => t.Dispose());
        default(MetricTimer).Dispose();

        SentDatum[] sent = await fixture.FlushedAsync();

        Assert.Equal(
            ["Microseconds=1500000", "Milliseconds=1500", "None=1.5", "Orders=1", "Seconds=1.5"],
            sent.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Name}={d.Sum}")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_duration_for_a_series_whose_unit_is_no_unit_of_time_is_counted_as_lost_and_reported()
    {
        MetricsFixture fixture = new();
        fixture.Publisher.Series("Size", MetricUnit.Bytes).Time().Dispose();

        Assert.Equal(1, fixture.Books.Lost[LossReason.InvalidValue]);
        (string _, string subject, string rule) = Assert.Single(fixture.Events.Misuses);
        Assert.Equal("Size", subject);
        Assert.Contains("this series has the unit Bytes", rule, StringComparison.Ordinal);
    }

    [Fact]
    public void A_measurement_allocates_nothing()
    {
        MetricSeries series = new MetricsFixture().Publisher.Series("Duration", MetricUnit.Milliseconds);
        series.Time().Dispose();

        long before = GC.GetAllocatedBytesForCurrentThread();
        using (series.Time())
        {
            series.Increment();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public async Task A_value_that_CloudWatch_refuses_is_counted_told_and_costs_nothing_else(double value)
    {
        MetricsFixture fixture = new();
        MetricSeries bound = fixture.Publisher.Series("Bound");
        fixture.Publisher.Put("Orders", 1);
        fixture.Publisher.Put("Orders", value);
        bound.Put(value);
        bound.Put(-TooLarge);
        bound.Put(2);
        fixture.Publisher.PutAt(MetricsFixture.Start, "Orders", value);

        SentDatum[] sent = await fixture.FlushedAsync();

        Assert.Equal(2, sent.Length);
        Assert.Equal((6, 2, 0), (fixture.Books.Accepted, fixture.Books.Delivered, fixture.Books.InFlight));
        Assert.Equal(4, fixture.Books.Lost[LossReason.InvalidValue]);
        Assert.Contains(fixture.Events.Misuses, m => m.Subject == "Bound" && m.Rule.Contains("2^360", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_largest_values_are_taken()
    {
        MetricsFixture fixture = new();
        fixture.Publisher.Put("Huge", Math.ScaleB(1, 360));
        fixture.Publisher.Put("Huge", -Math.ScaleB(1, 360));

        Assert.Equal([-Math.ScaleB(1, 360), Math.ScaleB(1, 360)], Assert.Single(await fixture.FlushedAsync()).Values);
    }

    [Fact]
    public void A_broken_rule_is_counted_when_putting_and_thrown_when_binding()
    {
        MetricsFixture fixture = new();
        fixture.Publisher.Put("", 1);
        fixture.Publisher.Put(null!, 1);
        fixture.Publisher.Put("Orders", 1, (MetricUnit)99);
        fixture.Publisher.Put("Orders", 1, MetricUnit.None, ("Region", ""));

        Assert.Equal(3, fixture.Books.Lost[MetricLossReasons.InvalidName]);
        Assert.Equal(1, fixture.Books.Lost[MetricLossReasons.InvalidDimension]);
        ArgumentException name = Assert.Throws<ArgumentException>(() => fixture.Publisher.Series(":x"));
        ArgumentException dimension =
            Assert.Throws<ArgumentException>(() => fixture.Publisher.Series("x", MetricUnit.None, ("Region", "é")));
        Assert.Contains("must not begin with a colon", name.Message, StringComparison.Ordinal);
        Assert.Equal(("name", "dimensions"), (name.ParamName, dimension.ParamName));
        Assert.Equal(4, fixture.Books.Accepted);
    }

    [Fact]
    public async Task Late_samples_carry_the_start_of_their_own_period()
    {
        MetricsFixture fixture = new(m => m.Configure("Fine", f => f.Resolution = StorageResolution.High));
        DateTimeOffset late = MetricsFixture.Start.AddDays(-3).AddSeconds(17.5);
        fixture.Publisher.PutAt(late, "Orders", 1);
        fixture.Publisher.PutAt(late.AddSeconds(1), "Orders", 2);
        fixture.Publisher.PutAt(late, "Fine", 3);

        SentDatum[] sent = await fixture.FlushedAsync();

        SentDatum orders = Assert.Single(sent, d => d.Name == "Orders");
        Assert.Equal((MetricsFixture.Start.AddDays(-3).AddSeconds(-20), 2, 3), (orders.Timestamp, orders.Count, orders.Sum));
        Assert.Equal(MetricsFixture.Start.AddDays(-3).AddSeconds(17), Assert.Single(sent, d => d.Name == "Fine").Timestamp);
        Assert.Equal((3, 3), (fixture.Books.Accepted, fixture.Books.Delivered));
    }

    [Fact]
    public void Samples_outside_the_window_of_CloudWatch_are_counted_by_which_side()
    {
        MetricsFixture fixture = new();
        fixture.Publisher.PutAt(MetricsFixture.Start.AddDays(-14), "Edge", 1);
        fixture.Publisher.PutAt(MetricsFixture.Start.AddHours(2), "Edge", 1);
        fixture.Publisher.PutAt(MetricsFixture.Start.AddDays(-14).AddTicks(-1), "Old", 1);
        fixture.Publisher.PutAt(MetricsFixture.Start.AddHours(2).AddTicks(1), "New", 1);

        Assert.Equal((1, 1, 4), (fixture.Books.Lost[LossReason.TooOld], fixture.Books.Lost[LossReason.TooNew], fixture.Books.Accepted));
    }

    [Fact]
    public async Task Samples_are_counted_in_roll_ups_too_with_default_dimensions_kept()
    {
        MetricsFixture fixture = new(m =>
        {
            m.DefaultDimensions["Env"] = "prod";
            _ = m.Configure("Orders", o => o.RollUpTo("Region").RollUpTo());
        });
        fixture.Publisher.Put("Orders", 1, MetricUnit.None, ("Region", "eu"), ("Tier", "gold"));
        fixture.Publisher.Put("Orders", 2, MetricUnit.None, ("Region", "us"), ("Tier", "gold"));
        fixture.Publisher.Put("Orders", 4, MetricUnit.None, ("Region", "eu"), ("Tier", "none"));
        fixture.Publisher.PutAt(MetricsFixture.Start, "Orders", 8, MetricUnit.None, ("Region", "eu"), ("Tier", "gold"));

        SentDatum[] sent = await fixture.FlushedAsync();

        Dictionary<string, double> sums = sent.GroupBy(d => d.Dimensions).ToDictionary(g => g.Key, g => g.Sum(d => d.Sum));
        Assert.Equal(13, sums["Env=prod,Region=eu"]);
        Assert.Equal(2, sums["Env=prod,Region=us"]);
        Assert.Equal(15, sums["Env=prod"]);
        Assert.Equal(9, sums["Env=prod,Region=eu,Tier=gold"]);

        // Each sample counts once for every series it was sent in.
        Assert.Equal((12, 12, 0), (fixture.Books.Accepted, fixture.Books.Delivered, fixture.Books.InFlight));
    }

    [Fact]
    public void Putting_a_sample_of_a_known_series_allocates_nothing()
    {
        MetricsFixture fixture = new();
        MetricSeries bound = fixture.Publisher.Series("Bound", MetricUnit.Count, ("Region", "eu"));
        Put(fixture.Publisher, bound);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Put(fixture.Publisher, bound);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task A_bound_series_that_was_idle_long_enough_to_be_released_works_on()
    {
        MetricsFixture fixture = new();
        MetricSeries bound = fixture.Publisher.Series("Bound");
        bound.Put(1);
        fixture.Time.Advance(TimeSpan.FromHours(1));
        bound.Put(2);

        SentDatum[] sent = await fixture.FlushedAsync();

        Assert.Equal(3, sent.Sum(d => d.Sum));
        Assert.Equal((2, 2, 0), (fixture.Books.Accepted, fixture.Books.Delivered, fixture.Books.InFlight));
    }

    [Fact]
    public async Task Threads_that_put_while_series_are_released_and_the_publisher_closes_lose_no_sample_unseen()
    {
        for (int round = 0; round < 40; round++)
        {
            MetricsFixture fixture = new(m => m.IdleSeriesTimeout = TimeSpan.FromTicks(1));
            MetricSeries bound = fixture.Publisher.Series("Bound");
            long put = 0;
            bool stop = false;
            Thread[] threads = [.. Enumerable.Range(0, 8).Select(t => new Thread(() =>
            {
                while (!Volatile.Read(ref stop))
                {
                    bound.Put(1);
                    fixture.Publisher.Put("Looked up", 1, MetricUnit.None, ("Thread", t % 2 == 0 ? "even" : "odd"));
                    Interlocked.Add(ref put, 2);
                    Thread.Yield();
                }
            }))];
            Array.ForEach(threads, t => t.Start());
            for (int edge = 0; edge < 20; edge++)
            {
                fixture.Time.Advance(TimeSpan.FromMinutes(1));
                Thread.Yield();
            }

            await fixture.Signal.CloseAsync(CancellationToken.None);
            Volatile.Write(ref stop, true);
            Array.ForEach(threads, t => t.Join());

            LedgerSnapshot books = fixture.Books;
            Assert.Equal(Interlocked.Read(ref put), books.Accepted);
            Assert.Equal(0, books.InFlight);
            Assert.Equal(books.Delivered, (await fixture.SentAsync()).Sum(d => d.Count));
            Assert.All(books.Lost.Keys, reason => Assert.Equal(LossReason.Closed, reason));
        }
    }

    private static void Put(MetricPublisher publisher, MetricSeries bound)
    {
        for (int i = 0; i < 1_000; i++)
        {
            bound.Put(1);
            publisher.Put("Looked up", i % 10, MetricUnit.Count, ("Region", "eu"), ("Tier", "gold"), ("Shop", "1"));
            publisher.Put("Distribution", 1 + (i * 0.37), MetricUnit.Milliseconds, ("Region", "eu"), ("Tier", "gold"), ("Shop", "1"));
        }
    }
}
