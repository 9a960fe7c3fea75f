namespace CloudObserve.Audit;

/// <summary>Events that were looked up, newest first.</summary>
/// <param name="Records">The events.</param>
/// <param name="NextToken">
/// Leads to older ones; <see langword="null"/> if there are none. It stays valid while events are recorded and files are sealed or retired.
/// </param>
/// <param name="Unreadable">Files that could not be read to their end, by their paths below the directory: events in them may be missing here.</param>
public sealed record AuditPage(IReadOnlyList<AuditRecord> Records, string? NextToken, IReadOnlyList<string> Unreadable)
{
    /// <summary>
    /// Gets a value indicating whether the directory holds a trail: a journal, or files with names that CloudTrail gives. If it does not, that no event was found
    /// says nothing.
    /// </summary>
    public bool IsRecognized { get; init; } = true;

    /// <summary>
    /// Gets the number of the newest record of the trail when it was looked up, whether it was found or not; <see langword="null"/> if there is no journal here.
    /// With <see cref="AuditLookup.AfterSequence"/> it leads to what is recorded afterwards.
    /// </summary>
    public long? NewestSequence { get; init; }
}
