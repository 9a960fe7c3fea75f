namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Says which metrics <see cref="EmbeddedCloudWatch.ListMetrics"/> lists.</summary>
public sealed record ListMetricsRequest
{
    /// <summary>Gets the namespace that metrics must be in.</summary>
    /// <value>The default is <see langword="null"/>: any.</value>
    public string? Namespace { get; init; }

    /// <summary>Gets the name that metrics must have.</summary>
    /// <value>The default is <see langword="null"/>: any.</value>
    public string? MetricName { get; init; }

    /// <summary>Gets the dimensions that metrics must have; they may have others too.</summary>
    /// <value>At most 10. The default is none.</value>
    public IReadOnlyList<DimensionFilter> Dimensions { get; init; } = [];

    /// <summary>Gets a value indicating whether only metrics that got data within the last three hours are listed: CloudWatch's <c>PT3H</c>.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool RecentlyActive { get; init; }

    /// <summary>Gets the token of the page before.</summary>
    /// <value>The default is <see langword="null"/>: the first page.</value>
    public string? NextToken { get; init; }
}
