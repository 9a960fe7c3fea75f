using CloudObserve.Local;
using CloudObserve.Monitoring.Insights.Sources;

namespace CloudObserve.Insights;

/// <summary>Represents the log events of the embedded CloudWatch.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
public sealed class StoredLogEventSource : ILogEventSource
{
    private readonly EmbeddedCloudWatch _store;
    private readonly string[] _groups;

    /// <summary>Creates the source.</summary>
    /// <param name="store">The embedded CloudWatch.</param>
    /// <param name="logGroupNames">The log groups of queries that do not begin with <c>SOURCE</c>.</param>
    public StoredLogEventSource(EmbeddedCloudWatch store, params IEnumerable<string> logGroupNames)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(logGroupNames);
        _store = store;
        _groups = [.. logGroupNames.Distinct(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    /// <exception cref="CloudWatchException">A log group does not exist.</exception>
    public IReadOnlyList<ILogEventCursor> Open(LogEventRange range)
    {
        ArgumentNullException.ThrowIfNull(range);
        string[] groups = range.LogGroups is null ? _groups : [.. StoredGroups.Select(_store, range.LogGroups)];
        return groups.Length == 0
            ? throw new InsightsQueryException("the query reads no log group: name one, or begin the query with SOURCE")
            : [.. groups.Select(group => new StoredLogEventCursor(group, _store.ReadLogEvents(new ReadLogEventsRequest
            {
                LogGroupName = group,
                StartTime = range.StartTime,
                EndTime = range.EndTime,
                ScanBy = ScanBy.TimestampDescending,
            })))];
    }
}
