using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Sealing;

/// <summary>Represents the digest that the next one continues.</summary>
/// <param name="Key">The path of the digest, relative to the trail's directory.</param>
/// <param name="Bucket">The bucket named in the digest.</param>
/// <param name="ObjectKey">The object key named in the digest.</param>
/// <param name="HashValue">The SHA-256 of the uncompressed content, in lower-case hexadecimal digits.</param>
/// <param name="Signature">The signature, in lower-case hexadecimal digits.</param>
/// <param name="End">The end of the digest's period.</param>
internal sealed record DigestLink(string Key, string Bucket, string ObjectKey, string HashValue, string Signature, DateTimeOffset End)
{
    /// <summary>Gets the signed text if an earlier process wrote the digest; otherwise <see langword="null"/>.</summary>
    internal string? StringToSign { get; init; }

    /// <summary>
    /// Gets the fingerprint of the key named in the digest if an earlier process wrote it; otherwise <see langword="null"/>.
    /// </summary>
    internal string? Fingerprint { get; init; }

    /// <summary>Gets the anchor with which records name the digest.</summary>
    internal DigestAnchor Anchor => new(Key, HashValue, Signature);
}
