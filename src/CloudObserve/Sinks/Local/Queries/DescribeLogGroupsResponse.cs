namespace CloudObserve.Local;

/// <summary>One page of log groups.</summary>
/// <param name="LogGroups">The groups, by name.</param>
/// <param name="NextToken">The token for the next page, or <see langword="null"/> on the last page.</param>
public sealed record DescribeLogGroupsResponse(IReadOnlyList<LogGroupSummary> LogGroups, string? NextToken);
