namespace CloudObserve.Local;

/// <summary>One page of metrics.</summary>
/// <param name="Metrics">The metrics, in the order in which they were first seen.</param>
/// <param name="NextToken">The token for the next page, or <see langword="null"/> on the last page.</param>
public sealed record ListMetricsResponse(IReadOnlyList<MetricIdentifier> Metrics, string? NextToken);
