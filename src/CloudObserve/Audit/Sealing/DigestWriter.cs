using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Storage;

namespace CloudObserve.Audit.Sealing;

/// <summary>Writes signed digests; each one continues the one before.</summary>
/// <threadsafety>Not safe for concurrent use; one <see cref="TrailMaintenance"/> writes.</threadsafety>
internal sealed class DigestWriter(TrailLocation place, IAuditStorage storage, AuditSigner signer, DateTimeOffset now)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // One second ago, so that the trail's first digest, which is written at once and ends now, has a period.
    private readonly DateTimeOffset _start = WholeSecond(now) - Second;
    private string? _fingerprint;

    /// <summary>Gets the newest digest.</summary>
    internal DigestLink? Previous { get; private set; }

    /// <summary>Gets the time at which the next digest begins.</summary>
    internal DateTimeOffset Start => Previous?.End ?? _start;

    /// <summary>Gets the fingerprint of the signing key; <see langword="null"/> before <see cref="PublishKeyAsync"/>.</summary>
    internal string? Fingerprint => _fingerprint;

    /// <summary>Gets whether the newest digest was signed with the current key.</summary>
    /// <remarks>It is known after <see cref="PublishKeyAsync"/>.</remarks>
    internal bool IsPreviousOurs { get; private set; } = true;

    /// <summary>Continues from a digest of an earlier process.</summary>
    internal void GoOnFrom(DigestLink? previous) => Previous = previous;

    /// <summary>
    /// Writes the public key to the trail's directory, if it differs from the existing one, and checks whether it signed the newest digest.
    /// </summary>
    internal async Task PublishKeyAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> publicKey = await signer.GetPublicKeyAsync(cancellationToken).ConfigureAwait(false);
        using RSA rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(publicKey.Span, out _);
        IsPreviousOurs = Previous?.StringToSign is not { } signed || HasSigned(rsa, signed, Previous.Signature);
        byte[] pem = Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem() + "\n");
        string path = place.Layout.PublicKeyFile;
        if (storage.LengthOf(path) != pem.Length || !File.ReadAllBytes(path).AsSpan().SequenceEqual(pem))
        {
            FinishedFile.Write(storage, path, stream => stream.Write(pem));
        }

        _fingerprint = KeyFingerprint.Of(rsa);
    }

    /// <summary>Writes a digest of the files that were sealed since the last one.</summary>
    /// <param name="end">The end of the digest: now, or the time of the newest sealed file if the clock has been set back since.</param>
    /// <param name="files">The files.</param>
    /// <param name="cancellationToken">Cancels the wait for the signer.</param>
    internal async Task WriteAsync(DateTimeOffset end, IReadOnlyList<SealedFile> files, CancellationToken cancellationToken)
    {
        if (_fingerprint is null)
        {
            await PublishKeyAsync(cancellationToken).ConfigureAwait(false);
        }

        // The end is part of the file name, so two digests must not end in the same second.
        end = WholeSecond(end) <= Start ? Start + Second : WholeSecond(end);
        string key = TrailLayout.DigestKey(place.Account, place.Region, place.TrailName, end);
        byte[] text = DigestText.Write(place, key, Start, end, _fingerprint!, files, Previous);
        string hash = DigestText.Hash(text);
        ReadOnlyMemory<byte> signature = await signer.SignAsync(DigestText.ToSign(place, key, end, hash, Previous), cancellationToken)
            .ConfigureAwait(false);
        string hex = Convert.ToHexStringLower(signature.Span);
        string path = place.Layout.PathOf(key);

        // The signature is written first, so that every existing digest has a signature.
        FinishedFile.Write(storage, path + TrailLayout.SignatureSuffix, stream => stream.Write(Encoding.ASCII.GetBytes(hex)));
        FinishedFile.Write(storage, path, stream =>
        {
            using GZipStream zip = new(stream, CompressionLevel.Optimal, leaveOpen: true);
            zip.Write(text);
        });
        Previous = new DigestLink(key, place.Bucket, place.KeyPrefix + key, hash, hex, end);
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    private static bool HasSigned(RSA key, string signed, string signature)
    {
        try
        {
            return key.VerifyData(
                Encoding.UTF8.GetBytes(signed), Convert.FromHexString(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            // The value is not a signature.
            return false;
        }
    }

    // Computes the fingerprint with which a digest names its key.
    private static class KeyFingerprint
    {
        [SuppressMessage("Security", "CA5351",
            Justification = "CloudTrail identifies keys this way. The fingerprint is only used to find a key; no trust depends on it.")]
        internal static string Of(RSA key) => Convert.ToHexStringLower(MD5.HashData(key.ExportRSAPublicKey()));
    }
}
