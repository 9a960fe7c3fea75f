using CloudObserve.Metrics;
using Microsoft.Extensions.Options;

namespace CloudObserve.StorefrontRecorder;

/// <summary>Counts the samples that the shop publishes, in each series in which they are sent, including roll-ups.</summary>
internal sealed class PublishedTotals(IOptions<CloudObserveOptions> options)
{
    private readonly Dictionary<string, PublishedSeries> _series = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public void Add(string name, double value, ReadOnlySpan<MetricDimension> dimensions)
    {
        MetricDimension[] all = [.. dimensions];
        lock (_lock)
        {
            Add(name, all, rollUp: false, value);
            foreach (MetricDimension[] kept in RollUps(name, all))
            {
                Add(name, kept, rollUp: true, value);
            }
        }
    }

    public IReadOnlyList<PublishedSeries> Take()
    {
        lock (_lock)
        {
            return [.. _series.Values];
        }
    }

    private void Add(string name, MetricDimension[] dimensions, bool rollUp, double value)
    {
        string key = $"{name} {string.Join(',', dimensions)}";
        PublishedSeries known = _series.GetValueOrDefault(key)
            ?? new PublishedSeries(name, dimensions.ToDictionary(d => d.Name, d => d.Value), rollUp, 0, 0);
        _series[key] = known with { Count = known.Count + 1, Sum = known.Sum + value };
    }

    private IEnumerable<MetricDimension[]> RollUps(string name, MetricDimension[] dimensions) =>
        options.Value.Metrics.PerMetric.TryGetValue(name, out MetricOptions? metric)
            ? metric.RollUps.Select(names => dimensions.Where(d => names.Split(',').Contains(d.Name)).ToArray())
            : [];
}
