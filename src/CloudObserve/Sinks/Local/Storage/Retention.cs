namespace CloudObserve.Sinks.Local.Storage;

/// <summary>The times for which CloudWatch keeps data at each resolution.</summary>
/// <remarks>Source: "CloudWatch retains metric data as follows" in the description of GetMetricData.</remarks>
internal static class Retention
{
    /// <summary>CloudWatch: data points with a period of less than 60 seconds are available for 3 hours.</summary>
    internal const long HighResolution = 3 * Hour;

    /// <summary>CloudWatch: 60-second data points are available for 15 days.</summary>
    internal const long Minutes = 15 * Day;

    /// <summary>CloudWatch: 300-second data points are available for 63 days.</summary>
    internal const long FiveMinutes = 63 * Day;

    /// <summary>CloudWatch: 3,600-second data points are available for 455 days.</summary>
    internal const long Hours = 455 * Day;

    /// <summary>CloudWatch: a metric without new data for two weeks is no longer listed.</summary>
    internal const long Listed = 14 * Day;

    /// <summary>CloudWatch: <c>RecentlyActive=PT3H</c> lists metrics with data in the past three hours.</summary>
    internal const long RecentlyActive = 3 * Hour;

    private const long Hour = 3600;
    private const long Day = 24 * Hour;
}
