using CloudObserve.Audit.History;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit;

/// <summary>Finds events in the files of an audit trail, newest first: sealed files and the journal.</summary>
/// <remarks>
/// <para>Files are searched as they are. Use <see cref="AuditTrailVerifier"/> to check that they are authentic.</para>
/// <para>
/// The cost of a page is that of reading the files that contain its events and the files skipped before them. The page limits the memory.
/// Records of one trail are returned in the order of their numbers. In a copy of one of CloudTrail's buckets they are returned file by
/// file, because CloudTrail does not order them.
/// </para>
/// </remarks>
/// <param name="directory">The trail's directory, or a copy of it.</param>
/// <threadsafety>Safe for concurrent use, also while the trail is being written.</threadsafety>
public sealed class AuditEventHistory(string directory)
{
    private readonly TrailDirectory _trail = new(directory);

    /// <summary>Finds a page of events.</summary>
    /// <param name="lookup">The conditions for events.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The events, newest first.</returns>
    /// <exception cref="ArgumentException">The page size is out of range, or the token is invalid.</exception>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public Task<AuditPage> LookupAsync(AuditLookup lookup, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lookup);
        ArgumentOutOfRangeException.ThrowIfLessThan(lookup.MaxResults, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lookup.MaxResults, AuditLookup.MaxPageSize);
        AuditPageToken token = AuditPageToken.Parse(lookup.NextToken)
            ?? throw new ArgumentException("The token is not the NextToken of a page of events.", nameof(lookup));
        return new PageSearch(_trail, lookup, token).RunAsync(cancellationToken);
    }
}
