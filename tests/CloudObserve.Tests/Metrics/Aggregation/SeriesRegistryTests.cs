using System.Runtime.CompilerServices;
using CloudObserve.Delivery;
using CloudObserve.Metrics;
using CloudObserve.Metrics.Aggregation;
using CloudObserve.Testing;

namespace CloudObserve.Tests.Metrics.Aggregation;

public sealed class SeriesRegistryTests
{
    [Fact]
    public void The_order_of_dimensions_does_not_matter()
    {
        SeriesRegistry registry = NewRegistry(new MetricsOptions());

        SeriesState first = Resolve(registry, "Orders", ("Region", "eu"), ("Tier", "gold"), ("Shop", "1"));
        SeriesState second = Resolve(registry, "Orders", ("Shop", "1"), ("Tier", "gold"), ("Region", "eu"));

        Assert.Same(first, second);
        Assert.NotSame(first, Resolve(registry, "Orders", ("Region", "gold"), ("Tier", "eu"), ("Shop", "1")));
    }

    [Fact]
    public void A_series_named_with_and_without_a_default_dimension_or_unit_is_one()
    {
        MetricsOptions options = new();
        options.DefaultDimensions["Env"] = "prod";
        options.Configure("Latency", m => m.Unit = MetricUnit.Milliseconds);
        SeriesRegistry registry = NewRegistry(options);

        SeriesState plain = Resolve(registry, "Latency", MetricUnit.None);

        Assert.Same(plain, Resolve(registry, "Latency", MetricUnit.Milliseconds, ("Env", "prod")));
        Assert.Equal([new MetricDimension("Env", "prod")], plain.Identity.Dimensions);
        Assert.NotSame(plain, Resolve(registry, "Latency", MetricUnit.Seconds));
        Assert.NotSame(plain, Resolve(registry, "Latency", MetricUnit.None, ("Env", "test")));
    }

    [Fact]
    public void Series_over_the_budget_of_their_metric_are_folded_into_one_and_that_is_told_once()
    {
        SeriesRegistry registry = NewRegistry(new MetricsOptions { MaxSeriesPerMetric = 2 });
        _ = Resolve(registry, "Orders", ("User", "a"));
        _ = Resolve(registry, "Orders", ("User", "b"));

        SeriesState other = Resolve(registry, "Orders", out bool firstFold, ("User", "c"));
        SeriesState same = Resolve(registry, "Orders", out bool secondFold, ("User", "d"));

        Assert.Same(other, same);
        Assert.Equal((true, false), (firstFold, secondFold));
        Assert.Equal([new MetricDimension("User", "(other)")], other.Identity.Dimensions);
        Assert.NotSame(other, Resolve(registry, "Carts", ("User", "c")));
        Assert.NotSame(other, Resolve(registry, "Orders", ("User", "a")));
    }

    [Fact]
    public void A_flood_of_new_series_allocates_nothing_and_leaves_no_trace_once_it_is_folded()
    {
        SeriesRegistry registry = NewRegistry(new MetricsOptions { MaxSeriesPerMetric = 1 });
        _ = Resolve(registry, "Orders", ("User", "a"));
        _ = Resolve(registry, "Orders", ("User", "b"));
        string[] users = [.. Enumerable.Range(0, 1_000).Select(i => $"user-{i}")];
        int seriesBefore = registry.Count;
        Span<MetricDimension> dimension = new MetricDimension[1];
        _ = registry.Resolve(new SeriesProbe("Test", "Orders", MetricUnit.Count, dimension), out _, out _);

        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (string user in users)
        {
            dimension[0] = new MetricDimension("User", user);
            _ = registry.Resolve(new SeriesProbe("Test", "Orders", MetricUnit.Count, dimension), out _, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(seriesBefore, registry.Count);
    }

    [Fact]
    public void When_nothing_more_fits_a_metric_is_refused_with_the_rule()
    {
        SeriesRegistry registry = NewRegistry(new MetricsOptions { MaxSeries = 1 });
        _ = Resolve(registry, "First");
        for (int i = 0; i < SeriesRegistry.MaxOtherSeries; i++)
        {
            _ = Resolve(registry, $"Metric{i}");
        }

        SeriesState? state = registry.Resolve(new SeriesProbe("Test", "OneMore", MetricUnit.None, []), out Refusal refusal, out _);

        Assert.Null(state);
        Assert.Equal(MetricLossReasons.CardinalityBudget, refusal.Reason);
        Assert.Contains("MaxSeries (1)", refusal.Rule, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_broken_rule_is_named(string? name, MetricDimension[] dimensions, LossReason reason, string words)
    {
        SeriesRegistry registry = NewRegistry(new MetricsOptions());

        SeriesState? state = registry.Resolve(new SeriesProbe("Test", name!, MetricUnit.None, dimensions), out Refusal refusal, out _);

        Assert.Null(state);
        Assert.Equal(reason, refusal.Reason);
        Assert.Contains(words, refusal.Rule, StringComparison.Ordinal);
    }

    public static TheoryData<string?, MetricDimension[], LossReason, string> Rules => new()
    {
        { null, [], MetricLossReasons.InvalidName, "empty or blank" },
        { "", [], MetricLossReasons.InvalidName, "empty or blank" },
        { "  ", [], MetricLossReasons.InvalidName, "empty or blank" },
        { ":x", [], MetricLossReasons.InvalidName, "colon" },
        { new string('n', 256), [], MetricLossReasons.InvalidName, "255" },
        { "a\nb", [], MetricLossReasons.InvalidName, "control" },
        { "a\ud800", [], MetricLossReasons.InvalidName, "surrogate" },
        { "M", [("", "v")], MetricLossReasons.InvalidDimension, "name must not be empty" },
        { "M", [(null!, "v")], MetricLossReasons.InvalidDimension, "name must not be empty" },
        { "M", [(":d", "v")], MetricLossReasons.InvalidDimension, "colon" },
        { "M", [("Straße", "v")], MetricLossReasons.InvalidDimension, "ASCII" },
        { "M", [("d", "")], MetricLossReasons.InvalidDimension, "'d' must not be empty" },
        { "M", [("d", null!)], MetricLossReasons.InvalidDimension, "'d' must not be empty" },
        { "M", [("d", " ")], MetricLossReasons.InvalidDimension, "blank" },
        { "M", [("d", "ü")], MetricLossReasons.InvalidDimension, "ASCII" },
        { "M", [("d", "a\tb")], MetricLossReasons.InvalidDimension, "control" },
        { "M", [("d", new string('v', 1_025))], MetricLossReasons.InvalidDimension, "1024" },
        { "M", [("d", "1"), ("e", "2"), ("d", "3")], MetricLossReasons.InvalidDimension, "'d' is given twice" },
        {
            "M",
            [.. Enumerable.Range(0, 31).Select(i => new MetricDimension($"d{i}", "v"))],
            MetricLossReasons.InvalidDimension,
            "at most 30"
        },
    };

    [Fact]
    public void A_name_is_forgotten_with_its_last_series()
    {
        SeriesRegistry registry = NewRegistry(new MetricsOptions());

        WeakReference[] names = [.. Enumerable.Range(0, 10).Select(i => ResolveAndRelease(registry, i))];
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        // The newest may still be referred to by the registers or the stack of this thread.
        Assert.All(names[..^1], name => Assert.False(name.IsAlive));
        Assert.Equal(0, registry.Count);
    }

    // Apart from the test, so that none of its locals keeps the name alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference ResolveAndRelease(SeriesRegistry registry, int number)
    {
        string name = $"tenant.{number}.latency";
        registry.Release(Resolve(registry, name, ("Region", "eu")), _ => { });
        registry.Release(Resolve(registry, name, ("Region", "us")), _ => { });
        return new WeakReference(name);
    }

    [Fact]
    public void A_released_series_is_made_anew_and_its_samples_stay_counted()
    {
        SeriesRegistry registry = NewRegistry(new MetricsOptions());
        SeriesState first = Resolve(registry, "Orders");
        Assert.True(first.TryPut(1));
        ValueTable drained = new();

        registry.Release(first, drained.Merge);

        Assert.Equal(1, drained.Count);
        Assert.False(first.TryPut(1));
        Assert.Null(registry.FindAtOnce("Test", "Orders", MetricUnit.Count, []));
        SeriesState second = Resolve(registry, "Orders");
        Assert.NotSame(first, second);
        Assert.Same(second, registry.FindAtOnce("Test", "Orders", MetricUnit.Count, []));
        Assert.True(second.TryPut(1));
        Assert.Equal(2, registry.Total);
        Assert.Equal(1, registry.Count);
    }

    [Fact]
    public void Releasing_a_series_gives_its_budget_back()
    {
        SeriesRegistry registry = NewRegistry(new MetricsOptions { MaxSeriesPerMetric = 1 });
        SeriesState first = Resolve(registry, "Orders", ("User", "a"));
        SeriesState other = Resolve(registry, "Orders", ("User", "b"));
        registry.Release(other, _ => { });
        registry.Release(first, _ => { });

        Assert.Equal("b", Resolve(registry, "Orders", ("User", "b")).Identity.Dimensions[0].Value);
    }

    [Fact]
    public void A_closed_registry_refuses_new_series()
    {
        SeriesRegistry registry = NewRegistry(new MetricsOptions());
        registry.Close();

        Assert.Null(registry.Resolve(new SeriesProbe("Test", "Orders", MetricUnit.None, []), out Refusal refusal, out _));
        Assert.Equal(LossReason.Closed, refusal.Reason);
    }

    [Fact]
    public void Many_threads_that_ask_for_the_same_new_series_get_the_same_one()
    {
        for (int round = 0; round < 500; round++)
        {
            SeriesRegistry registry = NewRegistry(new MetricsOptions());
            SeriesState[] found = new SeriesState[8];
            _ = Parallel.For(0, found.Length, i => found[i] = Resolve(registry, "Orders", ("Region", "eu"), ("Tier", "gold")));

            _ = Assert.Single(found.Distinct());
            Assert.Equal(1, registry.Count);
        }
    }

    private static SeriesRegistry NewRegistry(MetricsOptions options) => new(options, new ManualTimeProvider());

    private static SeriesState Resolve(SeriesRegistry registry, string name, params ReadOnlySpan<MetricDimension> dimensions) =>
        Resolve(registry, name, out _, dimensions);

    private static SeriesState Resolve(
        SeriesRegistry registry, string name, MetricUnit unit, params ReadOnlySpan<MetricDimension> dimensions) =>
        registry.Resolve(new SeriesProbe("Test", name, unit, dimensions), out _, out _)!;

    private static SeriesState Resolve(
        SeriesRegistry registry, string name, out bool folded, params ReadOnlySpan<MetricDimension> dimensions)
    {
        SeriesState? state = registry.Resolve(new SeriesProbe("Test", name, MetricUnit.Count, dimensions), out Refusal refusal, out folded);
        Assert.True(state is not null, refusal.Rule);
        return state;
    }
}
