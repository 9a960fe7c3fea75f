namespace CloudObserve.Metrics;

/// <summary>How finely CloudWatch keeps a metric: the two values it accepts.</summary>
public enum StorageResolution
{
    /// <summary>One point per second, kept for three hours and then rolled up to minutes.</summary>
    High = 1,

    /// <summary>One point per minute; CloudWatch's default.</summary>
    Standard = 60,
}
