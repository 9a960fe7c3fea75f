namespace CloudObserve.Local;

/// <summary>Specifies the order of the values that <see cref="EmbeddedCloudWatch.GetMetricData"/> returns.</summary>
public enum ScanBy
{
    /// <summary>The newest value first; CloudWatch's default.</summary>
    TimestampDescending = 0,

    /// <summary>The oldest value first.</summary>
    TimestampAscending,
}
