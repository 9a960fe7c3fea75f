namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>The limits of one <c>PutMetricData</c> request.</summary>
/// <remarks>Source: the service model and the quotas page of the CloudWatch user guide.</remarks>
internal static class PutMetricDataLimits
{
    /// <summary>CloudWatch: at most 1 MB per request.</summary>
    /// <remarks>
    /// CloudWatch does not say whether this is before or after compression. The body here is uncompressed, which is the stricter reading.
    /// </remarks>
    internal const int MaxBodyBytes = 1024 * 1024;

    /// <summary>CloudWatch: at most 1,000 datums per request.</summary>
    internal const int MaxDatums = 1000;

    /// <summary>CloudWatch: at most 2 entities per request.</summary>
    internal const int MaxEntities = 2;

    /// <summary>CloudWatch: at most 30 dimensions per metric.</summary>
    internal const int MaxDimensions = 30;

    /// <summary>CloudWatch: names of namespaces, metrics and dimensions have at most 255 characters.</summary>
    internal const int MaxNameLength = 255;

    /// <summary>CloudWatch: values of dimensions have at most 1,024 characters.</summary>
    internal const int MaxDimensionValueLength = 1024;

    /// <summary>CloudWatch: at most 150 unique values per datum.</summary>
    internal const int MaxValues = 150;

    /// <summary>CloudWatch: values must be between -2^360 and 2^360.</summary>
    internal const double MaxMagnitude = 2.348542582773833e108;

    /// <summary>CloudWatch: timestamps must be at most two weeks in the past.</summary>
    internal static readonly TimeSpan MaxAge = TimeSpan.FromDays(14);

    /// <summary>CloudWatch: timestamps must be at most two hours in the future.</summary>
    internal static readonly TimeSpan MaxLead = TimeSpan.FromHours(2);
}
