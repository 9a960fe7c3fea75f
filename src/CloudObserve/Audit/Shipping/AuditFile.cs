namespace CloudObserve.Audit;

/// <summary>Represents a completed file of an audit trail, which no longer changes.</summary>
/// <param name="Bucket">The bucket named in digests: <see cref="AuditTrailOptions.Bucket"/>.</param>
/// <param name="Key">The key named in digests, including <see cref="AuditTrailOptions.KeyPrefix"/>.</param>
/// <param name="Path">The path of the file, which is JSON compressed with gzip.</param>
public sealed record AuditFile(string Bucket, string Key, string Path)
{
    /// <summary>The algorithm of signatures, as CloudTrail names it.</summary>
    public const string SignatureAlgorithm = "SHA256withRSA";

    /// <summary>Gets the signature of a digest in lower-case hexadecimal digits; <see langword="null"/> for other files.</summary>
    public string? Signature { get; init; }
}
