namespace CloudObserve.S3;

/// <summary>How objects are encrypted in the bucket.</summary>
public enum S3TrailEncryption
{
    /// <summary>As the bucket says. Every bucket encrypts, at least with keys of S3's own.</summary>
    BucketDefault = 0,

    /// <summary>With keys of S3's own (SSE-S3).</summary>
    S3Managed,

    /// <summary>With a key of the AWS Key Management Service (SSE-KMS). Whoever reads needs that key too.</summary>
    Kms,
}
