namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Says which filters <see cref="EmbeddedCloudWatch.DescribeMetricFilters"/> lists.</summary>
public sealed record DescribeMetricFiltersRequest
{
    /// <summary>Gets the log group.</summary>
    /// <value>The default is <see langword="null"/>: all.</value>
    public string? LogGroupName { get; init; }

    /// <summary>Gets what the names of filters must begin with.</summary>
    /// <value>The default is <see langword="null"/>: anything.</value>
    public string? FilterNamePrefix { get; init; }

    /// <summary>Gets how many filters a page may have.</summary>
    /// <value>1 to 50. The default is 50.</value>
    public int Limit { get; init; } = LogQueryLimits.MaxListedPerPage;

    /// <summary>Gets the token of the page before.</summary>
    /// <value>The default is <see langword="null"/>: the first page.</value>
    public string? NextToken { get; init; }
}
