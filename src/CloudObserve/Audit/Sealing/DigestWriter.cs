using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Storage;

namespace CloudObserve.Audit.Sealing;

/// <summary>Writes digests, each signed and going on from the one before.</summary>
/// <threadsafety>Not safe for concurrent use: one keeper writes.</threadsafety>
internal sealed class DigestWriter(TrailPlace place, IAuditStorage storage, AuditSigner signer, DateTimeOffset start)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private string? _fingerprint;

    /// <summary>Gets the newest digest.</summary>
    internal DigestLink? Previous { get; private set; }

    /// <summary>Gets when the next digest begins.</summary>
    internal DateTimeOffset Start => Previous?.End ?? start;

    /// <summary>Goes on from a digest of an earlier process.</summary>
    internal void GoOnFrom(DigestLink? previous) => Previous = previous;

    /// <summary>Writes the public key beside the trail, if it is not what stands there.</summary>
    internal async Task PublishKeyAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> publicKey = await signer.GetPublicKeyAsync(cancellationToken).ConfigureAwait(false);
        using RSA rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(publicKey.Span, out _);
        _fingerprint = KeyFingerprint.Of(rsa);
        byte[] pem = Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem() + "\n");
        string path = place.Layout.PublicKeyFile;
        if (storage.LengthOf(path) is null || !File.ReadAllBytes(path).AsSpan().SequenceEqual(pem))
        {
            FinishedFile.Write(storage, path, stream => stream.Write(pem));
        }
    }

    /// <summary>Writes a digest of the files that were sealed since the last.</summary>
    internal async Task WriteAsync(DateTimeOffset now, IReadOnlyList<SealedFile> files, CancellationToken cancellationToken)
    {
        if (_fingerprint is null)
        {
            await PublishKeyAsync(cancellationToken).ConfigureAwait(false);
        }

        // The end names the file: two digests of one second would be one file.
        DateTimeOffset whole = new(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        DateTimeOffset end = whole <= Start ? Start + Second : whole;
        string key = TrailLayout.DigestKey(place.Account, place.Region, place.TrailName, end);
        byte[] text = DigestText.Write(place, key, Start, end, _fingerprint!, files, Previous);
        string hash = DigestText.Hash(text);
        ReadOnlyMemory<byte> signature = await signer.SignAsync(DigestText.ToSign(place, key, end, hash, Previous), cancellationToken).ConfigureAwait(false);
        string hex = Convert.ToHexStringLower(signature.Span);
        string path = place.Layout.PathOf(key);

        // The signature first: where a digest stands, its signature stands beside it.
        FinishedFile.Write(storage, path + TrailLayout.SignatureSuffix, stream => stream.Write(Encoding.ASCII.GetBytes(hex)));
        FinishedFile.Write(storage, path, stream =>
        {
            using GZipStream zip = new(stream, CompressionLevel.Optimal, leaveOpen: true);
            zip.Write(text);
        });
        Previous = new DigestLink(key, place.Bucket, place.KeyPrefix + key, hash, hex, end);
    }
}
