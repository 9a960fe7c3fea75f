using CloudObserve;
using CloudObserve.Metrics;
using Microsoft.Extensions.Options;

namespace Storefront.Telemetry;

/// <summary>
/// Counts the samples that the shop passes to <see cref="IMetricPublisher"/>, so that they can be compared with CloudWatch.
/// </summary>
/// <remarks>A real application does not need this.</remarks>
internal sealed class PublishedTotals(IOptions<CloudObserveOptions> options)
{
    private readonly SortedDictionary<string, Dictionary<string, PublishedSeries>> _metrics = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Gets the names of the metrics published so far.</summary>
    public IReadOnlyCollection<string> Names
    {
        get
        {
            lock (_lock)
            {
                return [.. _metrics.Keys];
            }
        }
    }

    public void Add(string name, double value, ReadOnlySpan<MetricDimension> dimensions)
    {
        lock (_lock)
        {
            if (!_metrics.TryGetValue(name, out Dictionary<string, PublishedSeries>? series))
            {
                _metrics[name] = series = [];
            }

            MetricDimension[] all = [.. dimensions];
            Add(series, all, rollUp: false, value);
            foreach (MetricDimension[] kept in RollUps(name, all))
            {
                Add(series, kept, rollUp: true, value);
            }
        }
    }

    /// <summary>Returns the totals of every metric: the samples put, and the series in which they are sent, including roll-ups.</summary>
    public IReadOnlyDictionary<string, PublishedMetric> Take()
    {
        lock (_lock)
        {
            return _metrics.ToDictionary(m => m.Key, m => new PublishedMetric(
                m.Value.Values.Where(s => !s.RollUp).Sum(s => s.Count), m.Value.Values.Where(s => !s.RollUp)
                    .Sum(s => s.Sum), [.. m.Value.Values]));
        }
    }

    private static void Add(Dictionary<string, PublishedSeries> series, MetricDimension[] dimensions, bool rollUp, double value)
    {
        string key = string.Join(',', dimensions);
        PublishedSeries known = series.GetValueOrDefault(key)
            ?? new PublishedSeries(dimensions.ToDictionary(d => d.Name, d => d.Value), rollUp, 0, 0);
        series[key] = known with { Count = known.Count + 1, Sum = known.Sum + value };
    }

    private IEnumerable<MetricDimension[]> RollUps(string name, MetricDimension[] dimensions) =>
        options.Value.Metrics.PerMetric.TryGetValue(name, out MetricOptions? metric)
            ? metric.RollUps.Select(names => dimensions.Where(d => names.Split(',').Contains(d.Name)).ToArray())
            : [];
}
