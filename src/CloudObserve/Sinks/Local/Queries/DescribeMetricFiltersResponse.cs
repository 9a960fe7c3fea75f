namespace CloudObserve.Sinks.Local.Queries;

/// <summary>One page of metric filters.</summary>
/// <param name="MetricFilters">The filters, by log group and name.</param>
/// <param name="NextToken">What to ask the next page with; <see langword="null"/> on the last.</param>
public sealed record DescribeMetricFiltersResponse(IReadOnlyList<MetricFilterSummary> MetricFilters, string? NextToken);
