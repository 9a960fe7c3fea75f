using CloudObserve.Audit.History;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit;

/// <summary>Finds events in an audit trail by reading its files, sealed ones and the journal, newest first.</summary>
/// <remarks>
/// <para>The files are searched as they are; whether they are to be trusted is another question, which <see cref="AuditTrailVerifier"/> answers.</para>
/// <para>
/// A page costs reading the files it takes events from, and those passed over on the way. Memory is bounded by the page. The records of one
/// trail come in the order of their numbers; in a copy of a bucket of CloudTrail's, file by file, as CloudTrail does not order them.
/// </para>
/// </remarks>
/// <param name="directory">The trail's directory, or a copy of it.</param>
/// <threadsafety>Safe for concurrent use, also while the trail is written.</threadsafety>
public sealed class AuditEventHistory(string directory)
{
    private readonly TrailDirectory _trail = new(directory);

    /// <summary>Finds a page of events.</summary>
    /// <param name="lookup">Which events.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The events, newest first.</returns>
    /// <exception cref="ArgumentException">The size of the page is out of range, or the token is none.</exception>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public Task<AuditPage> LookupAsync(AuditLookup lookup, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lookup);
        ArgumentOutOfRangeException.ThrowIfLessThan(lookup.MaxResults, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lookup.MaxResults, AuditLookup.MaxPageSize);
        PageToken token = PageToken.Parse(lookup.NextToken) ?? throw new ArgumentException("The token is not one that a page of events has.", nameof(lookup));
        return new PageSearch(_trail, lookup, token).RunAsync(cancellationToken);
    }
}
