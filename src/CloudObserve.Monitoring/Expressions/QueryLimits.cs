namespace CloudObserve.Monitoring.Expressions;

/// <summary>The limits of CloudWatch queries. Source: the service model and the user guide.</summary>
internal static class QueryLimits
{
    /// <summary>The account id of the embedded CloudWatch.</summary>
    internal const string AccountId = "000000000000";

    /// <summary>GetMetricData accepts at most 500 queries per call.</summary>
    internal const int MaxQueries = 500;

    /// <summary>A graph has at most 100 search expressions.</summary>
    internal const int MaxSearches = 100;

    /// <summary>The id of a query has at most 255 characters.</summary>
    internal const int MaxIdLength = 255;

    /// <summary>GetMetricData returns at most 100,800 datapoints per call.</summary>
    internal const int MaxDatapointsPerPage = 100_800;

    private const long Minute = 60;

    /// <summary>Determines whether CloudWatch accepts a period.</summary>
    internal static bool IsPeriod(TimeSpan period) =>
        period.Ticks % TimeSpan.TicksPerSecond == 0 && IsPeriod(period.Ticks / TimeSpan.TicksPerSecond);

    /// <summary>Determines whether CloudWatch accepts a period: 1, 5, 10, 20 or 30 seconds, or a multiple of 60 seconds.</summary>
    internal static bool IsPeriod(long seconds) => seconds is 1 or 5 or 10 or 20 or 30 || (seconds >= Minute && seconds % Minute == 0);
}
