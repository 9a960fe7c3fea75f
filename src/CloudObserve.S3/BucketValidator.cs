using Microsoft.Extensions.Options;

namespace CloudObserve.S3;

/// <summary>Checks that digests name the bucket that they are put into: there is one place to set it, and here it must be set.</summary>
internal sealed class BucketValidator : IValidateOptions<CloudObserveOptions>
{
    private const string None = "local";

    public ValidateOptionsResult Validate(string? name, CloudObserveOptions options) => options.AuditTrail.Bucket == None
        ? ValidateOptionsResult.Fail($"CloudObserve:AuditTrail:Bucket is '{None}', which stands for no bucket, but the trail is to be shipped to S3: name the bucket")
        : ValidateOptionsResult.Success;
}
