namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Names one metric exactly: every dimension it was published with, in any order, and no other.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="MetricName">The name.</param>
/// <param name="Dimensions">The dimensions.</param>
public sealed record Metric(string Namespace, string MetricName, params IReadOnlyList<Dimension> Dimensions)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Namespace}/{MetricName}{{{string.Join(", ", Dimensions)}}}";
}
