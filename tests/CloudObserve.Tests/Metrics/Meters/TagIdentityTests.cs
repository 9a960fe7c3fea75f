using System.Diagnostics.Metrics;
using CloudObserve.Delivery;
using CloudObserve.Metrics;

namespace CloudObserve.Tests.Metrics.Meters;

public sealed class TagIdentityTests : IDisposable
{
    private readonly Meter _meter = new($"Tags.{Guid.NewGuid():N}");

    public void Dispose() => _meter.Dispose();

    [Fact]
    public async Task Arrays_with_the_same_text_are_one_series()
    {
        MetricsFixture fixture = NewFixture();
        Counter<int> counter = _meter.CreateCounter<int>("calls");
        for (int i = 0; i < 1_500; i++)
        {
            counter.Add(1, Tag("roles", new[] { "a", "b" }));
        }

        SentDatum sent = Assert.Single(await fixture.FlushedAsync());
        Assert.Equal(("roles=a,b", 1_500), (sent.Dimensions, sent.Sum));
    }

    public static TheoryData<object?[]> SameTexts =>
    [
        [1, "1", 1L, (byte)1, 1.0, 1m, 1f],
        [1.0m, "1.0"],
        [true, "true"],
        [DayOfWeek.Friday, "Friday"],
        [new[] { "a", "b" }, "a,b", new List<string> { "a", "b" }, new object[] { "a", "b" }],
        [new[] { 1, 2 }, "1,2"],
        [new Uri("https://a.test/b"), "https://a.test/b"],
        [new Named(), "name"],
        [new string('x', 100), new LongText()],
    ];

    [Theory]
    [MemberData(nameof(SameTexts))]
    public async Task Values_with_the_same_text_are_one_series_whatever_their_types(object?[] values)
    {
        MetricsFixture fixture = NewFixture();
        Counter<int> counter = _meter.CreateCounter<int>("calls");
        UpDownCounter<int> level = _meter.CreateUpDownCounter<int>("level");
        int total = 0;
        _ = _meter.CreateObservableCounter("total", () => values.Select(v => new Measurement<int>(total, Tag("tag", v))));
        _ = _meter.CreateObservableUpDownCounter("observed", () => values.Select(v => new Measurement<int>(1, Tag("tag", v))));
        foreach (object? value in values)
        {
            counter.Add(1, Tag("tag", value));
            level.Add(1, Tag("tag", value));
        }

        total = 100;
        SentDatum[] first = await fixture.FlushedAsync();
        total = 101;
        SentDatum[] second = (await fixture.FlushedAsync())[first.Length..];

        Assert.Equal(values.Length, Assert.Single(first, d => d.Name == "calls").Sum);
        Assert.All(first.Concat(second)
            .Where(d => d.Name is "level" or "observed"), d => Assert.Equal((1, values.Length), (d.Count, d.Sum)));
        Assert.Equal([100 * values.Length, values.Length], first.Concat(second).Where(d => d.Name == "total").Select(d => (int)d.Sum));
    }

    [Fact]
    public async Task A_tag_without_a_value_and_no_tag_are_one_series()
    {
        MetricsFixture fixture = NewFixture();
        UpDownCounter<int> level = _meter.CreateUpDownCounter<int>("level");
        level.Add(1, Tag("peer", null));
        level.Add(1);

        SentDatum sent = Assert.Single(await fixture.FlushedAsync());
        Assert.Equal((1, 2.0, ""), (sent.Count, sent.Sum, sent.Dimensions));
    }

    [Fact]
    public async Task A_value_that_changes_its_text_is_another_series()
    {
        MetricsFixture fixture = NewFixture();
        Counter<int> counter = _meter.CreateCounter<int>("calls");
        List<string> roles = ["a"];
        counter.Add(1, Tag("roles", roles));
        roles.Add("b");
        counter.Add(1, Tag("roles", roles));

        Assert.Equal(["roles=a", "roles=a,b"], (await fixture.FlushedAsync()).Select(d => d.Dimensions).Order());
    }

    [Fact]
    public async Task Tags_of_instrument_and_meter_become_dimensions_and_the_nearest_wins()
    {
        using Meter meter = new(_meter.Name, "1", [Tag("tenant", "t2"), Tag("type", "meter"), Tag("size", "meter")]);
        MetricsFixture fixture = NewFixture(m => m.DefaultDimensions["tenant"] = "default");
        Counter<int> counter = meter.CreateCounter<int>("apples", null, null, [Tag("type", "red"), Tag("size", "instrument")]);
        _ = meter.CreateObservableGauge("pears", () => 3, null, null, [Tag("type", "green")]);
        counter.Add(1, Tag("size", "measured"));
        counter.Add(1);

        Assert.Equal(
            ["apples: size=instrument,tenant=t2,type=red", "apples: size=measured,tenant=t2,type=red",
                "pears: size=meter,tenant=t2,type=green"],
            (await fixture.FlushedAsync()).Select(d => $"{d.Name}: {d.Dimensions}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Meters_with_one_instrument_name_merge_unless_they_are_to_be_kept_apart()
    {
        using Meter other = new(_meter.Name + ".Other");
        foreach (bool apart in new[] { false, true })
        {
            MetricsFixture fixture = new(m => _ = m.AddMeter(_meter.Name + "*").MeterDimension = apart);
            _meter.CreateCounter<int>("calls").Add(1);
            other.CreateCounter<int>("calls").Add(2);
            _meter.CreateUpDownCounter<int>("level").Add(1);
            other.CreateUpDownCounter<int>("level").Add(2);

            SentDatum[] sent = await fixture.FlushedAsync();

            string[] meters = apart ? [$"meter={_meter.Name}", $"meter={other.Name}"] : [""];
            Assert.Equal(meters, sent.Where(d => d.Name == "calls").Select(d => d.Dimensions).Order());
            Assert.Equal(3, sent.Where(d => d.Name == "calls").Sum(d => d.Sum));
            Assert.Equal(meters.Length, sent.Where(d => d.Name == "level").Sum(d => d.Count));
            Assert.Equal(3, sent.Where(d => d.Name == "level").Sum(d => d.Sum));
            await fixture.Signal.CloseAsync(CancellationToken.None);
        }
    }

    [Theory]
    [InlineData("http.route", "/größe", "http.route=/gr%C3%B6%C3%9Fe", "TagNotAscii")]
    [InlineData("tab", "a\tb", "tab=a%09b", "TagNotAscii")]
    [InlineData("straße", "x", "stra%C3%9Fe=x", "TagNotAscii")]
    [InlineData("blank", "  ", "", "TagBlank")]
    [InlineData("blank", "", "", "TagBlank")]
    [InlineData("", "x", "", "TagInvalidName")]
    [InlineData(":colon", "x", "colon=x", "TagInvalidName")]
    public async Task A_tag_that_CloudWatch_refuses_is_repaired_and_the_measurement_counts(
        string name, string value, string expected, string cause)
    {
        MetricsFixture fixture = NewFixture();
        Counter<int> counter = _meter.CreateCounter<int>("requests");
        for (int i = 0; i < 10; i++)
        {
            counter.Add(1, Tag(name, value));
        }

        SentDatum sent = Assert.Single(await fixture.FlushedAsync());

        Assert.Equal((expected, 10), (sent.Dimensions, sent.Sum));
        Assert.Empty(fixture.Books.Lost);
        Assert.All(fixture.Events.Changes, c => Assert.Equal((cause, "requests"), (c.Cause, c.Subject)));
        Assert.Equal(10, fixture.Events.Changes.Sum(c => c.Count));
    }

    [Fact]
    public async Task Of_a_tag_given_twice_the_last_counts_in_the_order_given()
    {
        MetricsFixture fixture = NewFixture();
        Counter<int> counter = _meter.CreateCounter<int>("requests");
        for (int i = 0; i < 3; i++)
        {
            counter.Add(1, Tag("a", "1"), Tag("a", "2"));
            counter.Add(10, Tag("a", "2"), Tag("a", "1"));
        }

        SentDatum[] sent = await fixture.FlushedAsync();

        Assert.Equal([("a=1", 30), ("a=2", 3)], sent.Select(d => (d.Dimensions, (int)d.Sum)).Order());
        Assert.Equal(6, fixture.Events.Changes.Sum(c => c.Count));
        Assert.Empty(fixture.Books.Lost);
    }

    [Fact]
    public async Task Tags_that_are_too_many_too_long_or_throw_cost_no_measurement()
    {
        MetricsFixture fixture = NewFixture(m => m.DefaultDimensions["Service"] = "shop");
        Counter<int> counter = _meter.CreateCounter<int>("requests");
        counter.Add(1, [.. Enumerable.Range(0, 40).Select(i => Tag($"tag{i:00}", i))]);
        counter.Add(1, Tag("long", new string('x', 5_000)));
        counter.Add(1, Tag("endless", Endless()));
        counter.Add(1, Tag("bomb", new Bomb()));
        counter.Add(1, Tag(new string('n', 300), "x"));
        counter.Add(1, Tag(null!, "x"));

        SentDatum[] sent = await fixture.FlushedAsync();

        Assert.Equal(6, sent.Sum(d => d.Sum));
        Assert.Equal(30,
            sent.Max(d => d.Dimensions.Split(',').Length - (d.Dimensions.Contains("endless", StringComparison.Ordinal) ? 2_000 : 0)));
        Assert.Contains(sent, d => d.Dimensions == "Service=shop,bomb=(unreadable)");
        Assert.Contains(sent, d => d.Dimensions == $"Service=shop,long={new string('x', 1_024)}");
        Assert.Equal(
            ["TagInvalidName", "TagTooLong", "TagTooMany", "TagUnreadable"], fixture.Events.Changes.Select(c => c.Cause).Distinct()
                .Order());
        Assert.Empty(fixture.Books.Lost);
        Assert.Empty(fixture.Events.Errors);
    }

    [Fact]
    public void A_tag_that_the_embedded_metric_format_cannot_carry_is_renamed()
    {
        MetricsFixture fixture = new(m => _ = m.AddMeter(_meter.Name).UseEmbeddedMetricFormat());
        _meter.CreateCounter<int>("queue").Add(1, Tag("queue", "q1"), Tag("_aws", "x"));

        Assert.Equal((1, 1), (fixture.Books.Accepted, fixture.Books.InFlight));
        Assert.NotEmpty(fixture.Events.Changes);
        Assert.All(fixture.Events.Changes, c => Assert.Equal("TagInvalidName", c.Cause));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e200)]
    public async Task A_value_that_is_no_number_is_refused_and_spoils_neither_total_nor_level(double bad)
    {
        MetricsFixture fixture = NewFixture();
        double total = 1_000_000;
        _ = _meter.CreateObservableCounter("total", () => total);
        UpDownCounter<double> level = _meter.CreateUpDownCounter<double>("level");
        Gauge<double> gauge = _meter.CreateGauge<double>("gauge");
        level.Add(2);
        gauge.Record(5);
        _ = await fixture.FlushedAsync();
        total = bad;
        level.Add(bad);
        gauge.Record(bad);
        _ = await fixture.FlushedAsync();
        total = 1_000_010;
        level.Add(1);

        SentDatum[] sent = await fixture.FlushedAsync();

        Assert.Equal([1_000_000, 10], sent.Where(d => d.Name == "total").Select(d => (int)d.Sum));
        Assert.Equal([2, 2, 3], sent.Where(d => d.Name == "level").Select(d => (int)d.Sum));
        Assert.Equal([5, 5, 5], sent.Where(d => d.Name == "gauge").Select(d => (int)d.Sum));
        Assert.Equal(3, fixture.Books.Lost[LossReason.InvalidValue]);
    }

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);

    private static IEnumerable<int> Endless()
    {
        while (true)
        {
            yield return 1;
        }
    }

    private MetricsFixture NewFixture(Action<MetricsOptions>? more = null) => new(m =>
    {
        _ = m.AddMeter(_meter.Name);
        more?.Invoke(m);
    });

    private sealed class Bomb
    {
        public override string ToString() => throw new InvalidOperationException("boom");
    }

    private sealed class Named
    {
        public override string ToString() => "name";
    }

    private sealed class LongText : ISpanFormattable
    {
        public string ToString(string? format, IFormatProvider? formatProvider) => new('x', 100);

        public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        {
            charsWritten = 0;
            return false;
        }
    }
}
