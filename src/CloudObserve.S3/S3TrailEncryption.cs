namespace CloudObserve.S3;

/// <summary>Specifies how objects are encrypted in the bucket.</summary>
public enum S3TrailEncryption
{
    /// <summary>The bucket's own setting. Every bucket encrypts, at least with keys that S3 manages.</summary>
    BucketDefault = 0,

    /// <summary>Keys that S3 manages (SSE-S3).</summary>
    S3Managed,

    /// <summary>A key of the AWS Key Management Service (SSE-KMS). Readers need access to the key too.</summary>
    Kms,
}
