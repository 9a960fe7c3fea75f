namespace CloudObserve.Sinks.Local.Queries;

/// <summary>The order of the values that <see cref="EmbeddedCloudWatch.GetMetricData"/> returns.</summary>
public enum ScanBy
{
    /// <summary>The newest first; CloudWatch's default.</summary>
    TimestampDescending = 0,

    /// <summary>The oldest first.</summary>
    TimestampAscending,
}
