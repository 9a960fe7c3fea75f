namespace CloudObserve.Audit;

/// <summary>Events that were looked up, newest first.</summary>
/// <param name="Records">The events.</param>
/// <param name="NextToken">
/// Leads to older ones; <see langword="null"/> if there are none. It stays valid while events are recorded and files are sealed or retired.
/// </param>
/// <param name="Unreadable">Files that could not be read to their end, by their paths below the directory: events in them may be missing here.</param>
public sealed record AuditPage(IReadOnlyList<AuditRecord> Records, string? NextToken, IReadOnlyList<string> Unreadable);
