namespace CloudObserve.Audit;

/// <summary>Represents a page of events, newest first.</summary>
/// <param name="Records">The events.</param>
/// <param name="NextToken">
/// The token for the page of older events; <see langword="null"/> if there are none. It stays valid while events are recorded and files are
/// sealed or removed.
/// </param>
/// <param name="Unreadable">
/// The files that could not be read to their end, by path relative to the directory. Events in them may be missing in the page.
/// </param>
public sealed record AuditPage(IReadOnlyList<AuditRecord> Records, string? NextToken, IReadOnlyList<string> Unreadable)
{
    /// <summary>Gets a value indicating whether the directory contains a trail: a journal, or files with CloudTrail's names.</summary>
    /// <remarks>If it does not, an empty page has no meaning.</remarks>
    public bool IsRecognized { get; init; } = true;

    /// <summary>Gets the number of the trail's newest record at the time of the lookup; <see langword="null"/> without a journal.</summary>
    /// <remarks>Use it with <see cref="AuditLookup.AfterSequence"/> to find later records.</remarks>
    public long? NewestSequence { get; init; }
}
