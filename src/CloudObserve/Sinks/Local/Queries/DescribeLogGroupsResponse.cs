namespace CloudObserve.Sinks.Local.Queries;

/// <summary>One page of log groups.</summary>
/// <param name="LogGroups">The groups, by name.</param>
/// <param name="NextToken">What to ask the next page with; <see langword="null"/> on the last.</param>
public sealed record DescribeLogGroupsResponse(IReadOnlyList<LogGroupSummary> LogGroups, string? NextToken);
