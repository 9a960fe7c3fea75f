namespace CloudObserve.Sinks.Local.Queries;

/// <summary>The values of one query on one page.</summary>
/// <param name="Id">The query's name.</param>
/// <param name="Label">The query's label, or the metric's name.</param>
/// <param name="Timestamps">When each value's period begins.</param>
/// <param name="Values">The values, in the same order as <paramref name="Timestamps"/>.</param>
/// <param name="StatusCode">Whether this query's values end with this page.</param>
public sealed record MetricDataResult(
    string Id, string Label, IReadOnlyList<DateTimeOffset> Timestamps, IReadOnlyList<double> Values, StatusCode StatusCode)
{
    /// <summary>Gets what there is to say of the result, such as that data was published in several units and none was asked for.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<MessageData> Messages { get; init; } = [];
}
