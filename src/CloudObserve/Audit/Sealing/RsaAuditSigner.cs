using System.Security.Cryptography;

namespace CloudObserve.Audit.Sealing;

/// <summary>Signs with an RSA key in this process.</summary>
internal sealed class RsaAuditSigner(RSA key) : AuditSigner, IDisposable
{
    public override ValueTask<ReadOnlyMemory<byte>> GetPublicKeyAsync(CancellationToken cancellationToken) =>
        new(key.ExportSubjectPublicKeyInfo());

    public override ValueTask<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        new(key.SignData(data.Span, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public void Dispose() => key.Dispose();
}
