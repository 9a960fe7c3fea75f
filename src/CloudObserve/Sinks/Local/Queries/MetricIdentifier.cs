using CloudObserve.Metrics;

namespace CloudObserve.Local;

/// <summary>Identifies one metric by its namespace, its name and all its dimensions, in any order.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="MetricName">The name.</param>
/// <param name="Dimensions">The dimensions.</param>
public sealed record MetricIdentifier(string Namespace, string MetricName, params IReadOnlyList<MetricDimension> Dimensions)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Namespace}/{MetricName}{{{string.Join(", ", Dimensions)}}}";
}
