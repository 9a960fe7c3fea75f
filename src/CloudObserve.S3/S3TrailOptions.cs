using Amazon.Runtime;
using Amazon.S3;

namespace CloudObserve.S3;

/// <summary>Provides the options for shipping the audit trail to a bucket: section <c>CloudObserve:AuditTrail:S3</c>.</summary>
/// <remarks>
/// The bucket and the key prefix are options of <c>CloudObserve:AuditTrail</c>. Region, address and credentials that are not set are found
/// by the standard AWS chain (<c>AWS_REGION</c>, <c>AWS_PROFILE</c>, <c>AWS_ENDPOINT_URL_S3</c>, roles).
/// </remarks>
public sealed class S3TrailOptions
{
    /// <summary>Gets or sets the region of the bucket.</summary>
    /// <value>The default is <see langword="null"/>: the standard chain finds it.</value>
    public string? Region { get; set; }

    /// <summary>Gets or sets the address of the service, for example of an emulator or of another store with S3's interface.</summary>
    /// <value>The default is <see langword="null"/>: the standard chain finds it.</value>
    public Uri? ServiceUrl { get; set; }

    /// <summary>Gets or sets whether the bucket's name is part of the path instead of the host name, as emulators need it.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ForcePathStyle { get; set; }

    /// <summary>Gets or sets the encryption of the objects.</summary>
    /// <value>The default is <see cref="S3TrailEncryption.BucketDefault"/>.</value>
    public S3TrailEncryption Encryption { get; set; }

    /// <summary>Gets or sets the key for <see cref="S3TrailEncryption.Kms"/>.</summary>
    /// <value>The id, ARN or alias of a key. The default is <see langword="null"/>: the account's AWS managed key for S3.</value>
    public string? KmsKeyId { get; set; }

    /// <summary>Gets or sets the account that must own the bucket.</summary>
    /// <value>12 digits. The default is <see langword="null"/>: any account.</value>
    /// <remarks>A bucket of that name that belongs to another account is then refused.</remarks>
    public string? ExpectedBucketOwner { get; set; }

    /// <summary>Gets or sets whether existing objects are protected from being overwritten.</summary>
    /// <value>
    /// The default is <see langword="true"/>. Set <see langword="false"/> only for a store that does not support conditional writes.
    /// </value>
    public bool NeverOverwrite { get; set; } = true;

    /// <summary>Gets or sets the credentials for signing requests.</summary>
    /// <value>The default is <see langword="null"/>: the standard chain finds them.</value>
    /// <remarks>They can be set in code only.</remarks>
    public AWSCredentials? Credentials { get; set; }

    /// <summary>Gets or sets a client to use instead of a new one.</summary>
    /// <remarks>
    /// It can be set in code only and is not disposed. Switch off its retries (<c>MaxErrorRetry = 0</c>), because shipping retries itself.
    /// The library then does not limit the size of an answer; see <see cref="CloudObserve.Delivery.BoundedAnswerHandler"/>.
    /// </remarks>
    /// <value>The default is <see langword="null"/>: a client is created from the other options.</value>
    public IAmazonS3? Client { get; set; }
}
