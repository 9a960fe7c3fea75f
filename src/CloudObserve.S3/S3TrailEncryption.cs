namespace CloudObserve.S3;

/// <summary>Specifies how objects are encrypted in the bucket.</summary>
public enum S3TrailEncryption
{
    /// <summary>The bucket's own setting.</summary>
    /// <remarks>Every bucket encrypts, at least with keys that S3 manages.</remarks>
    BucketDefault = 0,

    /// <summary>Keys that S3 manages (SSE-S3).</summary>
    S3Managed,

    /// <summary>A key of the AWS Key Management Service (SSE-KMS).</summary>
    /// <remarks>Readers need access to the key too.</remarks>
    Kms,
}
