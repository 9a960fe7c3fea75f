using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Sealing;

/// <summary>The digest that the next one goes on from.</summary>
/// <param name="Key">Its path below the trail's directory.</param>
/// <param name="Bucket">The bucket that it names.</param>
/// <param name="ObjectKey">The name that it gives itself in the bucket.</param>
/// <param name="HashValue">The SHA-256 of its uncompressed content, in lower-case hexadecimal digits.</param>
/// <param name="Signature">Its signature, in lower-case hexadecimal digits.</param>
/// <param name="End">When it ends.</param>
internal sealed record DigestLink(string Key, string Bucket, string ObjectKey, string HashValue, string Signature, DateTimeOffset End)
{
    /// <summary>Gets the text that was signed, if an earlier process wrote the digest; else <see langword="null"/>.</summary>
    internal string? StringToSign { get; init; }

    /// <summary>Gets the fingerprint of the key that the digest names, if an earlier process wrote it; else <see langword="null"/>.</summary>
    internal string? Fingerprint { get; init; }

    /// <summary>Gets what records say of it.</summary>
    internal DigestAnchor Anchor => new(Key, HashValue, Signature);
}
