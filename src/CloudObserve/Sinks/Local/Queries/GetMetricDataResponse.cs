namespace CloudObserve.Local;

/// <summary>One page of results of <see cref="EmbeddedCloudWatch.GetMetricData"/>.</summary>
/// <param name="MetricDataResults">One result for each query that returns data, in the order of the queries, with the values of this
/// page.</param>
/// <param name="NextToken">The token for the next page, or <see langword="null"/> on the last page.</param>
public sealed record GetMetricDataResponse(IReadOnlyList<MetricDataResult> MetricDataResults, string? NextToken);
