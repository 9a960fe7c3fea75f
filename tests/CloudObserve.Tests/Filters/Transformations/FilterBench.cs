using System.Text;
using CloudObserve.Delivery;
using CloudObserve.Filters;
using CloudObserve.Filters.Transformations;
using CloudObserve.LogEvents.Routing;
using CloudObserve.Metrics;
using CloudObserve.Tests.Metrics;

namespace CloudObserve.Tests.Filters.Transformations;

/// <summary>Metric filters over the metrics of one host, shown events by hand.</summary>
internal sealed class FilterBench
{
    internal static readonly LogIdentity Identity = new("app", "Test", "host", "one", "process");

    internal FilterBench(Action<MetricsOptions>? configure = null)
    {
        Metrics = new MetricsFixture(configure);
        Evaluator = new MetricFilterEvaluator(Metrics.FilterMetrics);
    }

    internal MetricsFixture Metrics { get; }

    internal MetricFilterEvaluator Evaluator { get; }

    /// <summary>Gets the time, which begins 20 s into a minute.</summary>
    internal DateTimeOffset Now => Metrics.Time.GetUtcNow();

    internal static MetricFilterDefinition Filter(string name, string pattern, Action<MetricFilterBuilder>? configure = null)
    {
        MetricFilterOptions options = new() { Pattern = pattern };
        configure?.Invoke(new MetricFilterBuilder(options).Metric("Shop", name));
        _ = configure is null ? new MetricFilterBuilder(options).Metric("Shop", name) : null;
        Assert.Empty(MetricFilterRules.Check(name, options));
        return MetricFilterDefinition.Create(name, options, Identity);
    }

    internal FilterBench With(params MetricFilterDefinition[] filters)
    {
        Evaluator.Use(filters);
        return this;
    }

    internal LossReason? See(string text, TimeSpan ago = default, string group = "/app") =>
        Evaluator.Withhold(new LogRoute(group, "one"), Now - ago, Now, Encoding.UTF8.GetBytes(text));

    /// <summary>Gives what was sent: metric and dimensions, start of the period as seconds from now's minute, samples and sum.</summary>
    internal async Task<string[]> SentAsync()
    {
        DateTimeOffset minute =
            new(MetricsFixture.Start.UtcTicks - (MetricsFixture.Start.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        return [.. (await Metrics.FlushedAsync()).Select(d => FormattableString.Invariant(
            $"{d.Namespace}/{d.Name}{{{d.Dimensions}}} {d.Unit ?? "None"} {(d.Timestamp - minute).TotalSeconds}s {d.Count} {d.Sum}"))];
    }
}
