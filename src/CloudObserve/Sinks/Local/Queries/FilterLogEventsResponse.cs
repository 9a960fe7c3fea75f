namespace CloudObserve.Local;

/// <summary>One page of log events.</summary>
/// <param name="Events">The events, in ascending order of time.</param>
/// <param name="NextToken">The token for the next page, or <see langword="null"/> on the last page.</param>
public sealed record FilterLogEventsResponse(IReadOnlyList<FilteredLogEvent> Events, string? NextToken);
