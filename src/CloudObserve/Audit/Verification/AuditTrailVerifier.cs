using CloudObserve.Audit.Verification;

namespace CloudObserve.Audit;

/// <summary>Verifies from its files whether an audit trail is intact and whether it is complete.</summary>
/// <remarks>
/// <para>
/// Digests are verified by their signatures and by each other, sealed files by the digests, records by the hash chain, and the end of the
/// journal by its head. Records that no digest covers yet are protected by the hash chain and the head only, so anyone who can write all of
/// these files can rewrite such records.
/// </para>
/// <para>
/// A copy of one of CloudTrail's buckets is verified as far as possible: its records have no hash chain, and its newest digest can be
/// verified only if its signature was saved beside it. Save either the output of <c>aws s3api head-object</c> under the digest's name plus
/// <c>.head.json</c>, or the signature alone under the digest's name plus <c>.sig</c>.
/// </para>
/// <para>A trail can be verified while it is being written. Memory does not grow with the size of its files.</para>
/// </remarks>
/// <param name="directory">The trail's directory, or a copy of it.</param>
/// <param name="options">The settings of the verification. The default verifies everything with the key in the directory.</param>
/// <threadsafety>Safe for concurrent use.</threadsafety>
public sealed class AuditTrailVerifier(string directory, AuditVerificationOptions? options = null)
{
    private readonly AuditVerificationOptions _options = options ?? new AuditVerificationOptions();

    /// <summary>Verifies the trail.</summary>
    /// <param name="cancellationToken">Cancels the verification.</param>
    /// <returns>The result. Files that are damaged, foreign or unreadable are findings, never exceptions.</returns>
    /// <exception cref="OperationCanceledException">The verification was cancelled.</exception>
    public Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken = default) =>
        new TrailVerification(directory, _options).RunAsync(cancellationToken);
}
