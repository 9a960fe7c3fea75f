namespace CloudObserve.Audit;

/// <summary>Signs digests with a key that this process need not have: in a key management service, an HSM, or an agent.</summary>
/// <remarks>Implementations let exceptions through: the trail keeps what is to be signed, and tries again.</remarks>
/// <threadsafety>Called by one caller at a time.</threadsafety>
public abstract class AuditSigner
{
    /// <summary>Gets the public key.</summary>
    /// <param name="cancellationToken">Cancelled when the host will wait no longer.</param>
    /// <returns>The RSA key as SubjectPublicKeyInfo in DER.</returns>
    public abstract ValueTask<ReadOnlyMemory<byte>> GetPublicKeyAsync(CancellationToken cancellationToken);

    /// <summary>Signs.</summary>
    /// <param name="data">What to sign; not its hash.</param>
    /// <param name="cancellationToken">Cancelled when the host will wait no longer.</param>
    /// <returns>The signature: RSA, PKCS #1 v1.5, SHA-256.</returns>
    public abstract ValueTask<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken);
}
