namespace CloudObserve.Monitoring;

/// <summary>Configures an anomaly detector as the <c>Configuration</c> of CloudWatch's <c>PutAnomalyDetector</c> does.</summary>
/// <threadsafety>Instances are not thread-safe. A detector copies the configuration when it is created.</threadsafety>
public sealed class AnomalyDetectorConfiguration
{
    /// <summary>Gets or sets the time zone in which the hours of the day and the days of the week are counted.</summary>
    /// <value>The default is UTC. With another time zone, the model follows the change to and from daylight saving time.</value>
    public TimeZoneInfo MetricTimeZone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>Gets the time ranges from which the detector does not learn.</summary>
    /// <value>The default is an empty list.</value>
    public IList<ExcludedTimeRange> ExcludedTimeRanges { get; } = [];
}
