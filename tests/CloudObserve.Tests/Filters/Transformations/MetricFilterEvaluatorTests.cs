using System.Text;
using CloudObserve.Delivery;
using CloudObserve.Filters.Transformations;
using CloudObserve.LogEvents.Routing;
using CloudObserve.Logs;
using CloudObserve.Metrics;
using CloudObserve.Tests.Filters.Reference;
using CloudObserve.Tests.Metrics;

namespace CloudObserve.Tests.Filters.Transformations;

public sealed class MetricFilterEvaluatorTests
{
    [Fact]
    public async Task Events_that_match_are_counted_and_others_are_not()
    {
        FilterBench bench = new FilterBench().With(FilterBench.Filter("Errors", "ERROR"));
        Assert.Null(bench.See("an ERROR"));
        Assert.Null(bench.See("all is well"));
        Assert.Null(bench.See("ERROR again"));

        Assert.Equal(["Shop/Errors{} None 0s 2 2"], await bench.SentAsync());
    }

    [Fact]
    public async Task A_value_counts_in_the_minute_of_its_event()
    {
        FilterBench bench = new FilterBench().With(FilterBench.Filter("Errors", "ERROR"));
        _ = bench.See("ERROR", ago: TimeSpan.FromSeconds(21));
        _ = bench.See("ERROR", ago: TimeSpan.FromSeconds(19));
        _ = bench.See("ERROR", ago: TimeSpan.FromHours(1));

        Assert.Equal(
            ["Shop/Errors{} None -3600s 1 1", "Shop/Errors{} None -60s 1 1", "Shop/Errors{} None 0s 1 1"], await bench.SentAsync());
    }

    [Fact]
    public async Task A_value_is_taken_from_the_event_and_one_without_adds_nothing()
    {
        FilterBench bench = new FilterBench().With(
            FilterBench.Filter("Latency", "{ $.latency = * }", t => t.Value("$.latency").Unit(MetricUnit.Milliseconds)),
            FilterBench.Filter("Size", "[ip, id, user, timestamp, request, status_code, size]", t => t.Value("$size")));
        _ = bench.See("""{"latency":50,"requestType":"GET"}""");
        _ = bench.See("""{"latency":"11.5"}""");
        _ = bench.See("""{"latency":"banana"}""");
        _ = bench.See("""127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /apache_pb.gif HTTP/1.0" 200 1534""");
        _ = bench.See("""127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /apache_pb.gif HTTP/1.0" 200 -""");

        Assert.Equal(["Shop/Latency{} Milliseconds 0s 2 61.5", "Shop/Size{} None 0s 1 1534"],
            (await bench.SentAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Dimensions_are_taken_from_the_event_without_escapes_and_nothing_of_configuration_is_added()
    {
        FilterBench bench = new FilterBench(m =>
        {
            m.DefaultDimensions["Service"] = "shop";
            _ = m.Configure("Orders", o => { o.Unit = MetricUnit.Bytes; _ = o.RollUpTo(); });
        }).With(FilterBench.Filter(
            "Orders", "{ $.region = * && ($.tier = * || $.tier IS TRUE) }", t => t.Dimension("Region", "$.region")
                .Dimension("Tier", "$.tier")));
        _ = bench.See("""{"region":"eu","tier":1}""");
        _ = bench.See("""{"tier":1,"region":"\u0065u"}""");
        _ = bench.See("""{"region":"us","tier":true}""");
        _ = bench.See("""{"region":"  ","tier":1}""");

        Assert.Equal(["Shop/Orders{Region=eu,Tier=1} None 0s 2 2", "Shop/Orders{Region=us,Tier=true} None 0s 1 1"],
            (await bench.SentAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_event_without_a_dimension_of_its_filter_adds_nothing_and_one_that_breaks_a_rule_is_counted_and_reported()
    {
        FilterBench bench =
            new FilterBench().With(FilterBench.Filter("Orders", "{ $.id = * || $.region = * }", t => t.Dimension("Region", "$.region")));
        Assert.Null(bench.See("""{"id":1}"""));
        Assert.Null(bench.See("""{"id":1,"region":null}"""));
        Assert.Null(bench.See("""{"id":1,"region":"Österreich"}"""));

        Assert.Empty(await bench.SentAsync());
        Assert.Equal(1, bench.Metrics.Books.Lost[MetricLossReasons.InvalidDimension]);
        _ = Assert.Single(bench.Metrics.Events.Misuses, m => m.Subject == "Orders");
    }

    [Fact]
    public async Task Values_over_the_cardinality_budget_are_folded_and_none_is_lost()
    {
        FilterBench bench = new FilterBench(m => m.MaxSeriesPerMetric = 2)
            .With(FilterBench.Filter("Orders", "{ $.id = * }", t => t.Dimension("Id", "$.id")));
        for (int i = 0; i < 5_000; i++)
        {
            _ = bench.See($$"""{"id":{{i}}}""");
        }

        Assert.Equal(
            ["Shop/Orders{Id=(other)} None 0s 4998 4998", "Shop/Orders{Id=0} None 0s 1 1", "Shop/Orders{Id=1} None 0s 1 1"],
            (await bench.SentAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_default_is_added_for_each_event_of_its_groups_that_does_not_match_in_the_event_s_minute()
    {
        FilterBench bench = new FilterBench().With(
            FilterBench.Filter("Errors", "ERROR", t => t.Value(5).Default(3).LogGroups("/app")),
            FilterBench.Filter("Latency", "{ $.latency = * }", t => t.Value("$.latency").Default(0)));
        _ = bench.See("ERROR");
        _ = bench.See("fine");
        _ = bench.See("fine", ago: TimeSpan.FromMinutes(5));
        _ = bench.See("fine", group: "/other");
        _ = bench.See("""{"latency":"slow"}""", group: "/other");
        _ = bench.See("");

        Assert.Equal(
            ["Shop/Errors{} None -300s 1 3", "Shop/Errors{} None 0s 2 8", "Shop/Latency{} None -300s 1 0", "Shop/Latency{} None 0s 3 0"],
            (await bench.SentAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_log_group_is_a_dimension_where_the_filter_says_so()
    {
        FilterBench bench = new FilterBench().With(
            FilterBench.Filter("Orders", "{ $.tier = * }", t => t.Dimension("Tier", "$.tier").SystemField("@source.log")));
        _ = bench.See("""{"tier":1}""");
        _ = bench.See("""{"tier":1}""", group: "/other");
        _ = bench.See("""{"tier":1}""");

        Assert.Equal(
            ["Shop/Orders{@source.log=/app,Tier=1} None 0s 2 2", "Shop/Orders{@source.log=/other,Tier=1} None 0s 1 1"],
            (await bench.SentAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_filter_that_asks_for_the_account_adds_nothing_in_this_process()
    {
        FilterBench bench = new FilterBench().With(FilterBench.Filter("Orders", "x", t => t.SystemField("@aws.account").Provision()));
        _ = bench.See("x");

        Assert.Empty(await bench.SentAsync());
        Assert.Equal((1, 0), bench.Evaluator.Statuses().Select(static s => (s.Matched, s.Added)).Single());
    }

    [Fact]
    public async Task A_filter_sees_the_events_of_its_groups_only()
    {
        FilterBench bench = new FilterBench().With(
            FilterBench.Filter("One", "", t => t.LogGroups("/app/{environment}")),
            FilterBench.Filter("Two", "", t => t.LogGroups("/app/Test", "/other")),
            FilterBench.Filter("All", ""));
        _ = bench.See("x", group: "/app/Test");
        _ = bench.See("x", group: "/other");
        _ = bench.See("x", group: "/third");

        Assert.Equal(
            ["Shop/All{} None 0s 3 3", "Shop/One{} None 0s 1 1", "Shop/Two{} None 0s 2 2"],
            (await bench.SentAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task More_than_64_filters_are_evaluated_together()
    {
        FilterBench bench = new FilterBench().With([.. Enumerable.Range(0, 130).Select(i => FilterBench.Filter($"F{i:000}", $"term{i}x"))]);
        _ = bench.See("term0x term63x term64x term129x");

        Assert.Equal(
            ["Shop/F000{} None 0s 1 1", "Shop/F063{} None 0s 1 1", "Shop/F064{} None 0s 1 1", "Shop/F129{} None 0s 1 1"],
            (await bench.SentAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_event_that_became_a_metric_is_discarded_and_one_that_did_not_is_kept()
    {
        FilterBench bench = new FilterBench().With(
            FilterBench.Filter("Latency", "{ $.latency = * }", t => t.Value("$.latency").Discard()),
            FilterBench.Filter("Requests", "{ $.latency = * }"));

        Assert.Equal(LogLossReasons.DiscardedByFilter, bench.See("""{"latency":50}"""));
        Assert.Null(bench.See("""{"latency":"slow"}"""));
        Assert.Null(bench.See("""{"latency":1e300}"""));
        Assert.Null(bench.See("""{"message":"Hello"}"""));
    }

    [Fact]
    public async Task Of_sampled_events_one_in_n_is_kept_beginning_with_the_first_and_all_are_counted()
    {
        FilterBench bench = new FilterBench().With(FilterBench.Filter("Hits", "GET", t => t.Sample(oneIn: 3)));

        bool[] shipped = [.. Enumerable.Range(0, 7).Select(_ => bench.See("GET /") is null)];

        Assert.Equal([true, false, false, true, false, false, true], shipped);
        Assert.Equal(LogLossReasons.SampledOut, bench.See("GET /"));
        Assert.Null(bench.See("POST /"));
        Assert.Equal(["Shop/Hits{} None 0s 8 8"], await bench.SentAsync());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(50, 10)]
    public void Nothing_is_allocated_once_warm(int filters, int distinct)
    {
        FilterBench bench = new FilterBench().With([.. Enumerable.Range(0, filters).SelectMany(i => new[]
        {
            FilterBench.Filter($"T{i}", $"Checkout -debug{i % distinct}", t => t.Default(0)),
            FilterBench.Filter($"D{i}", "nothing like it", t => t.Default(0)),
            FilterBench.Filter($"S{i}", "Checkout", t => t.SystemField("@source.log")),
            FilterBench.Filter($"J{i}", "{ $.state.latency > 5 }", t => t.Value("$.state.latency").Dimension("Latency", "$.state.latency")),
            FilterBench.Filter($"F{i}", "[date, level, ...]", t => t.Dimension("Level", "$level").Sample(oneIn: 5)),
        })]);
        byte[] json = Encoding.UTF8.GetBytes(
            """{"timestamp":"2026-01-01","message":"Checkout took \u00e4 while","state":{"latency":17.5}}""");
        byte[] line = Encoding.UTF8.GetBytes("2026-01-01 WARN Checkout took [a while] \"for once\"");
        LogRoute route = new("/app", "one");
        DateTimeOffset now = bench.Now;

        Assert.Equal(0, Allocations.Of(() =>
        {
            _ = bench.Evaluator.Withhold(route, now, now, json);
            _ = bench.Evaluator.Withhold(route, now, now, line);
        }));
        Assert.NotEqual(0, bench.Metrics.Books.Accepted);
    }

    [Fact]
    public async Task Filters_that_change_while_events_flow_count_every_event_exactly_once()
    {
        const int Events = 20_000;
        FilterBench bench = new FilterBench().With(FilterBench.Filter("A", "event"));
        MetricFilterDefinition[][] sets =
            [[FilterBench.Filter("B", "event"), FilterBench.Filter("Never", "nothing")], [FilterBench.Filter("A", "event")]];
        byte[] text = "an event"u8.ToArray();
        LogRoute route = new("/app", "one");
        using CancellationTokenSource done = new();
        Task[] changers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            for (int i = 0; !done.IsCancellationRequested; i++)
            {
                bench.Evaluator.Use(sets[i % 2]);
            }
        }))];
        for (int i = 0; i < Events; i++)
        {
            // So that both sets have their turn, whatever the other threads get to do.
            if (i % 100 == 0)
            {
                bench.Evaluator.Use(sets[i / 100 % 2]);
            }

            _ = bench.Evaluator.Withhold(route, bench.Now, bench.Now, text);
        }

        await done.CancelAsync();
        await Task.WhenAll(changers);
        SentDatum[] sent = await bench.Metrics.FlushedAsync();

        Assert.Equal(Events, sent.Sum(d => d.Count));
        Assert.Equal(["A", "B"], sent.Select(d => d.Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_filter_that_stays_the_same_goes_on_when_others_change()
    {
        MetricFilterDefinition Sampled() => FilterBench.Filter("Hits", "GET", t => t.Sample(oneIn: 3));
        FilterBench bench = new FilterBench().With(Sampled());
        Assert.Null(bench.See("GET"));
        _ = bench.With(FilterBench.Filter("Other", "POST"), Sampled());
        Assert.Equal(LogLossReasons.SampledOut, bench.See("GET"));
        Assert.Equal(LogLossReasons.SampledOut, bench.See("GET"));
        _ = bench.With(FilterBench.Filter("Other", "POST"), FilterBench.Filter("Hits", "GET", t => t.Sample(oneIn: 2)));
        Assert.Null(bench.See("GET"));
        _ = bench.With();
        Assert.Null(bench.See("GET"));

        Assert.Equal(["Shop/Hits{} None 0s 4 4"], await bench.SentAsync());
    }
}
