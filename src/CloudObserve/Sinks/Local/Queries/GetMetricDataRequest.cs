using CloudObserve.Sinks.Local.Queries;

namespace CloudObserve.Local;

/// <summary>The parameters of <see cref="EmbeddedCloudWatch.GetMetricData"/>.</summary>
public sealed record GetMetricDataRequest
{
    /// <summary>Gets the queries.</summary>
    /// <value>1 to 500.</value>
    public required IReadOnlyList<MetricDataQuery> MetricDataQueries { get; init; }

    /// <summary>Gets the start of the time range, inclusive.</summary>
    /// <inheritdoc cref="GetMetricStatisticsRequest.StartTime" path="/remarks"/>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>Gets the end of the time range, exclusive.</summary>
    public required DateTimeOffset EndTime { get; init; }

    /// <summary>Gets the order of the values.</summary>
    /// <value>The default is <see cref="ScanBy.TimestampDescending"/>.</value>
    public ScanBy ScanBy { get; init; }

    /// <summary>Gets the maximum number of values in a page, over all results.</summary>
    /// <value>1 to 100,800. The default is 100,800.</value>
    public int MaxDatapoints { get; init; } = QueryLimits.MaxDatapointsPerPage;

    /// <summary>Gets the options for dynamic values in labels.</summary>
    /// <value>The default is <see langword="null"/>: UTC.</value>
    public LabelOptions? LabelOptions { get; init; }

    /// <summary>Gets the token returned with the previous page. The rest of the request must be the same.</summary>
    /// <value>The default is <see langword="null"/>: the first page.</value>
    public string? NextToken { get; init; }
}
