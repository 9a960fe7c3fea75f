using CloudObserve.Sinks.Local.Queries;

namespace CloudObserve.Local;

/// <summary>The parameters of <see cref="EmbeddedCloudWatch.DescribeMetricFilters"/>.</summary>
public sealed record DescribeMetricFiltersRequest
{
    /// <summary>Gets the log group.</summary>
    /// <value>The default is <see langword="null"/>: all groups.</value>
    public string? LogGroupName { get; init; }

    /// <summary>Gets the prefix that filter names must have.</summary>
    /// <value>The default is <see langword="null"/>: any name.</value>
    public string? FilterNamePrefix { get; init; }

    /// <summary>Gets the maximum number of filters in a page.</summary>
    /// <value>1 to 50. The default is 50.</value>
    public int Limit { get; init; } = LogQueryLimits.MaxListedPerPage;

    /// <summary>Gets the token returned with the previous page.</summary>
    /// <value>The default is <see langword="null"/>: the first page.</value>
    public string? NextToken { get; init; }
}
