using CloudObserve.Local;
using CloudObserve.Metrics;

namespace CloudObserve.Monitoring.Expressions;

/// <summary>Describes where the values of a time series come from.</summary>
internal sealed record SeriesSource
{
    /// <summary>Gets the metric.</summary>
    /// <value><see langword="null"/> for a group of metrics.</value>
    internal MetricIdentifier? Metric { get; init; }

    /// <summary>Gets the statistic, such as <c>Sum</c>.</summary>
    internal required string Stat { get; init; }

    /// <summary>Gets the values of the labels by which metrics were grouped, in the order of the query.</summary>
    internal IReadOnlyList<MetricDimension> Group { get; init; } = [];
}
