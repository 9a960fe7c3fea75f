using CloudObserve.Sinks.Local.Queries;

namespace CloudObserve.Local;

/// <summary>The parameters of <see cref="EmbeddedCloudWatch.DescribeLogGroups"/>.</summary>
public sealed record DescribeLogGroupsRequest
{
    /// <summary>Gets the prefix that group names must have.</summary>
    /// <value>The default is <see langword="null"/>: any name.</value>
    public string? LogGroupNamePrefix { get; init; }

    /// <summary>Gets the maximum number of groups in a page.</summary>
    /// <value>1 to 50. The default is 50.</value>
    public int Limit { get; init; } = LogQueryLimits.MaxListedPerPage;

    /// <summary>Gets the token returned with the previous page.</summary>
    /// <value>The default is <see langword="null"/>: the first page.</value>
    public string? NextToken { get; init; }
}
