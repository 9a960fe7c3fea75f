namespace CloudObserve.Sinks.Local.Queries;

/// <summary>What <see cref="EmbeddedCloudWatch.GetMetricStatistics"/> found.</summary>
/// <param name="Label">The metric's name.</param>
/// <param name="Datapoints">The datapoints; as with CloudWatch, no order is promised.</param>
public sealed record GetMetricStatisticsResponse(string Label, IReadOnlyList<Datapoint> Datapoints);
