namespace CloudObserve.Local;

/// <summary>One query of a <see cref="GetMetricDataRequest"/>.</summary>
public sealed record MetricDataQuery
{
    /// <summary>Gets the id that links the result to the query.</summary>
    /// <value>1 to 255 letters, digits and underscores, beginning with a lower-case letter; unique in the request.</value>
    public required string Id { get; init; }

    /// <summary>Gets the metric and statistic to read.</summary>
    public MetricStat? MetricStat { get; init; }

    /// <summary>Gets an expression in metric math, or a query of Metrics Insights.</summary>
    /// <remarks>
    /// <see cref="EmbeddedCloudWatch.GetMetricData"/> does not evaluate it and refuses it with <c>ValidationError</c>. The class
    /// <c>MetricQueries</c> of the package CloudObserve.Monitoring evaluates it.
    /// </remarks>
    /// <value>The default is <see langword="null"/>.</value>
    public string? Expression { get; init; }

    /// <summary>Gets the length of the period of the result of an expression that does not depend on a metric of the request.</summary>
    /// <value>1, 5, 10, 20 or 30 seconds, or a multiple of 60 seconds. The default is <see langword="null"/>: that of the metrics.</value>
    public TimeSpan? Period { get; init; }

    /// <summary>Gets the label of the result.</summary>
    /// <remarks><c>MetricQueries</c> evaluates dynamic values in it, and <see cref="EmbeddedCloudWatch.GetMetricData"/> does not.</remarks>
    /// <value>The default is <see langword="null"/>: the metric's name.</value>
    public string? Label { get; init; }

    /// <summary>Gets a value indicating whether the result is returned.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ReturnData { get; init; } = true;

    /// <summary>Gets the account of the requested data.</summary>
    /// <value>The default is <see langword="null"/>: this account. The embedded CloudWatch is account <c>000000000000</c>; the result for
    /// another account is <see cref="MetricDataStatusCode.Forbidden"/>.</value>
    public string? AccountId { get; init; }
}
