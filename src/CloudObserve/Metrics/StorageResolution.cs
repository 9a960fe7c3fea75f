namespace CloudObserve.Metrics;

/// <summary>Specifies the storage resolution of a metric: the two values CloudWatch accepts.</summary>
public enum StorageResolution
{
    /// <summary>One point per second, kept for three hours and then aggregated to minutes.</summary>
    High = 1,

    /// <summary>One point per minute; CloudWatch's default.</summary>
    Standard = 60,
}
