namespace CloudObserve.Local;

/// <summary>One page of metric filters.</summary>
/// <param name="MetricFilters">The filters, by log group and name.</param>
/// <param name="NextToken">The token for the next page, or <see langword="null"/> on the last page.</param>
public sealed record DescribeMetricFiltersResponse(IReadOnlyList<MetricFilterSummary> MetricFilters, string? NextToken);
