using Microsoft.Extensions.Options;

namespace CloudObserve.S3;

/// <summary>Requires a bucket name when the trail is shipped to S3, because digests contain the name of their bucket.</summary>
internal sealed class BucketValidator : IValidateOptions<CloudObserveOptions>
{
    private const string None = "local";

    public ValidateOptionsResult Validate(string? name, CloudObserveOptions options) => options.AuditTrail.Bucket == None
        ? ValidateOptionsResult.Fail(
            $"CloudObserve:AuditTrail:Bucket is '{None}', which means no bucket, but the trail is shipped to S3: set it to the bucket's "
                + $"name")
        : ValidateOptionsResult.Success;
}
