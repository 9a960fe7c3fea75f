namespace CloudObserve.Sinks.CloudWatch.Logs;

/// <summary>A retention policy that a group of ours still lacks.</summary>
/// <param name="Days">The retention.</param>
/// <param name="TriedAt">When it was tried last, as a timestamp.</param>
/// <param name="Reported">Whether a failure has been told.</param>
internal sealed record RetentionDebt(int Days, long TriedAt, bool Reported);
