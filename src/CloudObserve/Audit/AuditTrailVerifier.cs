using CloudObserve.Audit.Verification;

namespace CloudObserve.Audit;

/// <summary>Verifies an audit trail from its files: whether it is intact, and, which is another question, whether it is complete.</summary>
/// <remarks>
/// <para>
/// Digests are verified by their signatures and by each other, sealed files by the digests, records by the hash chain from each to the next, and
/// the end of the journal by its head. What no digest vouches for yet is held by the hash chain and the head alone: who can write all of
/// these files can rewrite it.
/// </para>
/// <para>
/// A copy of a bucket of CloudTrail's is verified as far as it goes: its records have no chain, and its newest digest can only be verified if its
/// signature was saved beside it: what <c>aws s3api head-object</c> prints, under the digest's name with <c>.head.json</c> behind it, or the signature alone, with
/// <c>.sig</c> behind it.
/// </para>
/// <para>A trail can be verified while it is written. Memory does not grow with the size of its files.</para>
/// </remarks>
/// <param name="directory">The trail's directory, or a copy of it.</param>
/// <param name="options">What to verify, and with what; without it, everything with the key in the directory.</param>
/// <threadsafety>Safe for concurrent use.</threadsafety>
public sealed class AuditTrailVerifier(string directory, AuditVerificationOptions? options = null)
{
    private readonly AuditVerificationOptions _options = options ?? new AuditVerificationOptions();

    /// <summary>Verifies the trail.</summary>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>What was found. Files that are damaged, foreign or cannot be read are findings, never exceptions.</returns>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken = default) => new TrailVerification(directory, _options).RunAsync(cancellationToken);
}
