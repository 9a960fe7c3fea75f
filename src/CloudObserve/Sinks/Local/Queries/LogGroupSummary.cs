namespace CloudObserve.Local;

/// <summary>A log group.</summary>
/// <param name="LogGroupName">The name.</param>
/// <param name="CreationTime">The time of its first event.</param>
/// <param name="RetentionInDays">The retention of events in days, or <see langword="null"/> for no limit other than
/// <see cref="LocalOptions.MaxLogBytes"/>.</param>
/// <param name="StoredBytes">An estimate of the memory used by its events, in bytes.</param>
public sealed record LogGroupSummary(string LogGroupName, DateTimeOffset CreationTime, int? RetentionInDays, long StoredBytes);
