namespace CloudObserve.Sinks.Local.Queries;

/// <summary>The limits of CloudWatch queries. Source: the service model.</summary>
internal static class QueryLimits
{
    /// <summary>CloudWatch: GetMetricData returns at most 100,800 datapoints per call.</summary>
    internal const int MaxDatapointsPerPage = 100_800;

    /// <summary>CloudWatch: GetMetricData accepts at most 500 queries per call.</summary>
    internal const int MaxQueries = 500;

    /// <summary>CloudWatch: the id of a query has at most 255 characters.</summary>
    internal const int MaxIdLength = 255;

    /// <summary>CloudWatch: GetMetricStatistics returns at most 1,440 datapoints.</summary>
    internal const int MaxStatisticsDatapoints = 1440;

    /// <summary>CloudWatch: at most 5 statistics.</summary>
    internal const int MaxStatistics = 5;

    /// <summary>CloudWatch: at most 10 extended statistics.</summary>
    internal const int MaxExtendedStatistics = 10;

    /// <summary>CloudWatch: ListMetrics returns at most 500 metrics per page.</summary>
    internal const int MetricsPerPage = 500;

    /// <summary>CloudWatch: ListMetrics accepts at most 10 dimension filters.</summary>
    internal const int MaxDimensionFilters = 10;

    /// <summary>CloudWatch: a statistic has at most 50 characters.</summary>
    internal const int MaxStatisticLength = 50;
}
