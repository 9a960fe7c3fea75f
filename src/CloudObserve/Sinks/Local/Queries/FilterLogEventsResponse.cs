namespace CloudObserve.Sinks.Local.Queries;

/// <summary>One page of log events.</summary>
/// <param name="Events">The events, ascending in time.</param>
/// <param name="NextToken">What to ask the next page with; <see langword="null"/> on the last.</param>
public sealed record FilterLogEventsResponse(IReadOnlyList<FilteredLogEvent> Events, string? NextToken);
