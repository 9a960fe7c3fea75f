namespace CloudObserve.Audit;

/// <summary>Signs digests with a key that may be outside of this process: in a key management service, an HSM, or an agent.</summary>
/// <remarks>Implementations should let exceptions propagate. The trail keeps the data and tries again.</remarks>
/// <threadsafety>Called by one caller at a time.</threadsafety>
public abstract class AuditSigner
{
    /// <summary>Gets the public key.</summary>
    /// <param name="cancellationToken">Cancelled when the host stops waiting.</param>
    /// <returns>The RSA key as SubjectPublicKeyInfo in DER.</returns>
    public abstract ValueTask<ReadOnlyMemory<byte>> GetPublicKeyAsync(CancellationToken cancellationToken);

    /// <summary>Signs data.</summary>
    /// <param name="data">The data to sign, not its hash.</param>
    /// <param name="cancellationToken">Cancelled when the host stops waiting.</param>
    /// <returns>The signature: RSA, PKCS #1 v1.5, SHA-256.</returns>
    public abstract ValueTask<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken);
}
