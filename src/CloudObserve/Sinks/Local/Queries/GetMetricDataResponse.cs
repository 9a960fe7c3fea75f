namespace CloudObserve.Sinks.Local.Queries;

/// <summary>One page of what <see cref="EmbeddedCloudWatch.GetMetricData"/> found.</summary>
/// <param name="MetricDataResults">One result for each query that returns data, in the order of the queries; on each page the values of that page.</param>
/// <param name="NextToken">What to ask the next page with; <see langword="null"/> on the last.</param>
public sealed record GetMetricDataResponse(IReadOnlyList<MetricDataResult> MetricDataResults, string? NextToken);
