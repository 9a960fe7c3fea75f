namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Says which streams <see cref="EmbeddedCloudWatch.DescribeLogStreams"/> lists.</summary>
public sealed record DescribeLogStreamsRequest
{
    /// <summary>Gets the log group.</summary>
    public required string LogGroupName { get; init; }

    /// <summary>Gets what the names of streams must begin with.</summary>
    /// <value>The default is <see langword="null"/>: anything.</value>
    public string? LogStreamNamePrefix { get; init; }

    /// <summary>Gets how many streams a page may have.</summary>
    /// <value>1 to 50. The default is 50.</value>
    public int Limit { get; init; } = LogQueryLimits.MaxListedPerPage;

    /// <summary>Gets the token of the page before.</summary>
    /// <value>The default is <see langword="null"/>: the first page.</value>
    public string? NextToken { get; init; }
}
