namespace CloudObserve.Local;

/// <summary>The results of <see cref="EmbeddedCloudWatch.GetMetricStatistics"/>.</summary>
/// <param name="Label">The metric's name.</param>
/// <param name="Datapoints">The datapoints, in no particular order, as in CloudWatch.</param>
public sealed record GetMetricStatisticsResponse(string Label, IReadOnlyList<Datapoint> Datapoints);
