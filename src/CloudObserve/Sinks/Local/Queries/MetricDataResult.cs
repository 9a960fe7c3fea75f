namespace CloudObserve.Local;

/// <summary>The values of one query on one page.</summary>
/// <param name="Id">The query's id.</param>
/// <param name="Label">The query's label, or the metric's name.</param>
/// <param name="Timestamps">The start of the period of each value.</param>
/// <param name="Values">The values, in the same order as <paramref name="Timestamps"/>.</param>
/// <param name="StatusCode">Whether this query's values are complete with this page.</param>
public sealed record MetricDataResult(
    string Id, string Label, IReadOnlyList<DateTimeOffset> Timestamps, IReadOnlyList<double> Values, MetricDataStatusCode StatusCode)
{
    /// <summary>
    /// Gets the messages about the result, such as that the data was published in several units and no unit was requested.
    /// </summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<MessageData> Messages { get; init; } = [];
}
