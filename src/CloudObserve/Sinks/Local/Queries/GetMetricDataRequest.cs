namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Says what <see cref="EmbeddedCloudWatch.GetMetricData"/> reads.</summary>
public sealed record GetMetricDataRequest
{
    /// <summary>Gets the queries.</summary>
    /// <value>1 to 500.</value>
    public required IReadOnlyList<MetricDataQuery> MetricDataQueries { get; init; }

    /// <summary>Gets when to begin; inclusive.</summary>
    /// <inheritdoc cref="GetMetricStatisticsRequest.StartTime" path="/remarks"/>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>Gets when to end; exclusive.</summary>
    public required DateTimeOffset EndTime { get; init; }

    /// <summary>Gets the order of the values.</summary>
    /// <value>The default is <see cref="ScanBy.TimestampDescending"/>.</value>
    public ScanBy ScanBy { get; init; }

    /// <summary>Gets how many values one page may have over all results.</summary>
    /// <value>1 to 100,800. The default is 100,800.</value>
    public int MaxDatapoints { get; init; } = QueryLimits.MaxDatapointsPerPage;

    /// <summary>Gets the token of the page before; the rest of the request must be the same.</summary>
    /// <value>The default is <see langword="null"/>: the first page.</value>
    public string? NextToken { get; init; }
}
