namespace CloudObserve;

/// <summary>The counts of a metric filter since it was last applied. Filters that CloudWatch Logs evaluates are not included.</summary>
/// <param name="Name">The filter's name.</param>
/// <param name="Matched">The number of events that matched the pattern.</param>
/// <param name="Added">The number of matching events that had a value, and the dimensions, for the metric.</param>
/// <param name="Discarded">The number of matching events that were not shipped because of <c>Discard</c>.</param>
/// <param name="SampledOut">The number of matching events that were not shipped because of <c>Sample</c>.</param>
public sealed record MetricFilterStatus(string Name, long Matched, long Added, long Discarded, long SampledOut);
