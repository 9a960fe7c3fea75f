namespace CloudObserve.Audit;

/// <summary>A finished file of an audit trail. Nothing about it changes any more.</summary>
/// <param name="Bucket">The bucket that digests name: <see cref="AuditTrailOptions.Bucket"/>.</param>
/// <param name="Key">The key that digests name, <see cref="AuditTrailOptions.KeyPrefix"/> included.</param>
/// <param name="Path">Where the file lies. It is JSON, compressed with gzip.</param>
public sealed record AuditFile(string Bucket, string Key, string Path)
{
    /// <summary>The algorithm of signatures, as CloudTrail names it.</summary>
    public const string SignatureAlgorithm = "SHA256withRSA";

    /// <summary>Gets the signature, in lower-case hexadecimal digits, if the file is a digest; else <see langword="null"/>.</summary>
    public string? Signature { get; init; }
}
