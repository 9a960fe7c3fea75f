namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Says which groups <see cref="EmbeddedCloudWatch.DescribeLogGroups"/> lists.</summary>
public sealed record DescribeLogGroupsRequest
{
    /// <summary>Gets what the names of groups must begin with.</summary>
    /// <value>The default is <see langword="null"/>: anything.</value>
    public string? LogGroupNamePrefix { get; init; }

    /// <summary>Gets how many groups a page may have.</summary>
    /// <value>1 to 50. The default is 50.</value>
    public int Limit { get; init; } = LogQueryLimits.MaxListedPerPage;

    /// <summary>Gets the token of the page before.</summary>
    /// <value>The default is <see langword="null"/>: the first page.</value>
    public string? NextToken { get; init; }
}
