namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>What CloudWatch allows in one <c>PutMetricData</c> request. Source: the service model and the quotas page of the CloudWatch user guide.</summary>
internal static class PutMetricDataLimits
{
    /// <summary>CloudWatch: at most 1 MB a request. It does not say whether before or after compression; the body here is uncompressed, the stricter reading.</summary>
    internal const int MaxBodyBytes = 1024 * 1024;

    /// <summary>CloudWatch: at most 1,000 datums a request.</summary>
    internal const int MaxDatums = 1000;

    /// <summary>CloudWatch: at most 2 entities a request.</summary>
    internal const int MaxEntities = 2;

    /// <summary>CloudWatch: at most 30 dimensions a metric.</summary>
    internal const int MaxDimensions = 30;

    /// <summary>CloudWatch: names of namespaces, metrics and dimensions have at most 255 characters.</summary>
    internal const int MaxNameLength = 255;

    /// <summary>CloudWatch: values of dimensions have at most 1,024 characters.</summary>
    internal const int MaxDimensionValueLength = 1024;

    /// <summary>CloudWatch: at most 150 unique values a datum.</summary>
    internal const int MaxValues = 150;

    /// <summary>CloudWatch: numbers lie between -2^360 and 2^360.</summary>
    internal const double MaxMagnitude = 2.348542582773833e108;

    /// <summary>CloudWatch: timestamps lie at most two weeks in the past.</summary>
    internal static readonly TimeSpan MaxAge = TimeSpan.FromDays(14);

    /// <summary>CloudWatch: timestamps lie at most two hours in the future.</summary>
    internal static readonly TimeSpan MaxLead = TimeSpan.FromHours(2);
}
