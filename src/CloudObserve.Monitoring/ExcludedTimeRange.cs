namespace CloudObserve.Monitoring;

/// <summary>Represents a time range from which an anomaly detector does not learn, such as a deployment or an outage.</summary>
/// <param name="StartTime">The start, which is excluded itself.</param>
/// <param name="EndTime">The end, which is not excluded itself.</param>
public readonly record struct ExcludedTimeRange(DateTimeOffset StartTime, DateTimeOffset EndTime);
