namespace CloudObserve.Diagnostics;

/// <summary>What a metric filter has done since it was put in force. One that CloudWatch Logs evaluates is not among those of the process.</summary>
/// <param name="Name">The filter's name.</param>
/// <param name="Matched">How many events its pattern matched.</param>
/// <param name="Added">How many of these had a value, and the dimensions, for the metric.</param>
/// <param name="Discarded">How many of these it told not to ship (<c>Discard</c>).</param>
/// <param name="SampledOut">How many of these it left out so that one of several is shipped (<c>Sample</c>).</param>
public sealed record MetricFilterStatus(string Name, long Matched, long Added, long Discarded, long SampledOut);
