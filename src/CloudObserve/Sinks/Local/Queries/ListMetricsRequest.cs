namespace CloudObserve.Local;

/// <summary>The parameters of <see cref="EmbeddedCloudWatch.ListMetrics"/>.</summary>
public sealed record ListMetricsRequest
{
    /// <summary>Gets the namespace of the metrics to list.</summary>
    /// <value>The default is <see langword="null"/>: any namespace.</value>
    public string? Namespace { get; init; }

    /// <summary>Gets the name of the metrics to list.</summary>
    /// <value>The default is <see langword="null"/>: any name.</value>
    public string? MetricName { get; init; }

    /// <summary>Gets the dimensions that metrics must have; metrics may have other dimensions too.</summary>
    /// <value>At most 10. The default is none.</value>
    public IReadOnlyList<DimensionFilter> Dimensions { get; init; } = [];

    /// <summary>
    /// Gets a value indicating whether only metrics with data within the last three hours are listed: CloudWatch's <c>PT3H</c>.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool RecentlyActive { get; init; }

    /// <summary>Gets the token returned with the previous page.</summary>
    /// <value>The default is <see langword="null"/>: the first page.</value>
    public string? NextToken { get; init; }
}
