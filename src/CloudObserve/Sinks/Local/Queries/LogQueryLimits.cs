namespace CloudObserve.Sinks.Local.Queries;

/// <summary>The limits of CloudWatch Logs queries. Source: the service model.</summary>
internal static class LogQueryLimits
{
    /// <summary>CloudWatch Logs: FilterLogEvents and GetLogEvents return at most 10,000 events per call.</summary>
    internal const int MaxEventsPerPage = 10_000;

    /// <summary>CloudWatch Logs: FilterLogEvents and GetLogEvents return at most 1 MB per call.</summary>
    internal const long MaxBytesPerPage = 1024 * 1024;

    /// <summary>CloudWatch Logs: FilterLogEvents accepts at most 100 stream names.</summary>
    internal const int MaxStreamNames = 100;

    /// <summary>CloudWatch Logs: DescribeLogGroups and DescribeLogStreams return at most 50 items per call.</summary>
    internal const int MaxListedPerPage = 50;

    internal static void CheckLimit(int limit, int max)
    {
        if (limit < 1 || limit > max)
        {
            throw LogErrors.Constraint("limit", $"Member must have value from 1 to {max}");
        }
    }
}
