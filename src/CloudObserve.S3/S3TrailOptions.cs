using Amazon.Runtime;
using Amazon.S3;

namespace CloudObserve.S3;

/// <summary>How the audit trail is put into its bucket: section <c>CloudObserve:AuditTrail:S3</c>. The bucket and the prefix of its keys belong to <c>CloudObserve:AuditTrail</c>.</summary>
/// <remarks>Where, and as whom: what is left unset is found by the standard AWS chain (<c>AWS_REGION</c>, <c>AWS_PROFILE</c>, <c>AWS_ENDPOINT_URL_S3</c>, roles).</remarks>
public sealed class S3TrailOptions
{
    /// <summary>Gets or sets the region of the bucket.</summary>
    /// <value>The default is <see langword="null"/>: the standard chain finds it.</value>
    public string? Region { get; set; }

    /// <summary>Gets or sets the address of the service, such as that of an emulator or of another store with S3's interface.</summary>
    /// <value>The default is <see langword="null"/>: the standard chain finds it.</value>
    public Uri? ServiceUrl { get; set; }

    /// <summary>Gets or sets whether the bucket's name stands in the path instead of the host name, as emulators need it.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ForcePathStyle { get; set; }

    /// <summary>Gets or sets how the objects are encrypted.</summary>
    /// <value>The default is <see cref="S3TrailEncryption.BucketDefault"/>.</value>
    public S3TrailEncryption Encryption { get; set; }

    /// <summary>Gets or sets the key for <see cref="S3TrailEncryption.Kms"/>.</summary>
    /// <value>The id, ARN or alias of a key. The default is <see langword="null"/>: the key of the account that is made for S3.</value>
    public string? KmsKeyId { get; set; }

    /// <summary>Gets or sets the account that must own the bucket. A bucket of that name in another's hands is then refused.</summary>
    /// <value>12 digits. The default is <see langword="null"/>: any.</value>
    public string? ExpectedBucketOwner { get; set; }

    /// <summary>Gets or sets whether an object that is there already is never written again.</summary>
    /// <value>The default is <see langword="true"/>. Only a store that knows no conditional writes needs <see langword="false"/>.</value>
    public bool NeverOverwrite { get; set; } = true;

    /// <summary>Gets or sets the credentials to sign with. Set it in code.</summary>
    /// <value>The default is <see langword="null"/>: the standard chain finds them.</value>
    public AWSCredentials? Credentials { get; set; }

    /// <summary>Gets or sets a client of your own. Set it in code; it is not disposed of. Its own retries should be off (<c>MaxErrorRetry = 0</c>): shipping has its own.</summary>
    /// <remarks>What is read of an answer is then not bounded by the library: see <see cref="CloudObserve.Pipeline.Delivery.BoundedAnswerHandler"/>.</remarks>
    /// <value>The default is <see langword="null"/>: one is made of what else is set here.</value>
    public IAmazonS3? Client { get; set; }
}
