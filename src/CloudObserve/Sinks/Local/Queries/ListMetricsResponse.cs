namespace CloudObserve.Sinks.Local.Queries;

/// <summary>One page of metrics.</summary>
/// <param name="Metrics">The metrics, in the order in which they were first seen.</param>
/// <param name="NextToken">What to ask the next page with; <see langword="null"/> on the last.</param>
public sealed record ListMetricsResponse(IReadOnlyList<Metric> Metrics, string? NextToken);
