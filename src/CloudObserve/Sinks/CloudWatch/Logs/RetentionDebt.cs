namespace CloudObserve.Sinks.CloudWatch.Logs;

/// <summary>A retention policy that is not yet set on a group created by this process.</summary>
/// <param name="Days">The retention.</param>
/// <param name="TriedAt">The timestamp of the last attempt.</param>
/// <param name="Reported">Whether a failure has been reported.</param>
internal sealed record RetentionDebt(int Days, long TriedAt, bool Reported);
