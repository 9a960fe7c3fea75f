namespace CloudObserve.Insights;

/// <summary>Represents log events that a query can read.</summary>
/// <threadsafety>Safe for concurrent use: several queries may open the same source.</threadsafety>
public interface ILogEventSource
{
    /// <summary>Opens the events for one query.</summary>
    /// <param name="range">The events that the query needs. A source may return others, too: the query leaves them out.</param>
    /// <returns>One or more cursors. The query reads several of them at the same time, each by one thread, and disposes them.</returns>
    /// <exception cref="InsightsQueryException">The source does not have the log groups that the query selects.</exception>
    IReadOnlyList<ILogEventCursor> Open(LogEventRange range);
}
