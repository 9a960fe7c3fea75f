using CloudObserve.Diagnostics;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>Finds dimensions that are configured in roll-ups and that no series of the metric has.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class RollUpNames
{
    private readonly Dictionary<string, ExpectedNames> _perMetric = new(StringComparer.Ordinal);

    internal RollUpNames(MetricsOptions options)
    {
        foreach ((string metric, MetricOptions settings) in options.PerMetric)
        {
            string[] names = [.. settings.RollUps.SelectMany(NamesOf)];
            if (names.Length > 0)
            {
                _perMetric[metric] = new ExpectedNames(names, string.Equals);
            }
        }
    }

    /// <summary>Returns the dimension names of one roll-up.</summary>
    internal static string[] NamesOf(string rollUp) =>
        rollUp.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Records a new series. The waiting time for a metric's names begins with its first series.</summary>
    internal void Saw(SeriesIdentity series, TimeSpan now)
    {
        if (_perMetric.TryGetValue(series.Name, out ExpectedNames? names))
        {
            names.Begin(now);
            foreach (MetricDimension dimension in series.Dimensions)
            {
                names.Saw(dimension.Name);
            }
        }
    }

    /// <summary>Returns the dimensions that no series had in time, each once, with the dimension that was probably meant.</summary>
    internal IEnumerable<(string Metric, string Dimension, string? Nearest)> TakeMissing(TimeSpan now) =>
        _perMetric.SelectMany(metric => metric.Value.TakeMissing(now).Select(m => (metric.Key, m.Name, m.Nearest)));
}
