namespace CloudObserve.Sinks.Local.Queries;

/// <summary>A log group.</summary>
/// <param name="LogGroupName">The name.</param>
/// <param name="CreationTime">When it got its first event.</param>
/// <param name="RetentionInDays">How long it keeps events; <see langword="null"/> is for ever, within <see cref="LocalOptions.MaxLogBytes"/>.</param>
/// <param name="StoredBytes">An estimate of the memory its events take.</param>
public sealed record LogGroupSummary(string LogGroupName, DateTimeOffset CreationTime, int? RetentionInDays, long StoredBytes);
