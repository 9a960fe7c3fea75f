using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CloudObserve.S3;

/// <summary>Binds the options from the host's configuration.</summary>
/// <remarks>Each option is bound separately, because some can be set in code only.</remarks>
internal sealed class S3TrailConfiguration(IConfiguration? configuration) : IConfigureOptions<S3TrailOptions>
{
    internal const string Section = "CloudObserve:AuditTrail:S3";

    public void Configure(S3TrailOptions options)
    {
        if (configuration?.GetSection(Section) is not { } section)
        {
            return;
        }

        options.Region = section[nameof(options.Region)] ?? options.Region;
        options.ServiceUrl = section.GetValue(nameof(options.ServiceUrl), options.ServiceUrl);
        options.ForcePathStyle = section.GetValue(nameof(options.ForcePathStyle), options.ForcePathStyle);
        options.Encryption = section.GetValue(nameof(options.Encryption), options.Encryption);
        options.KmsKeyId = section[nameof(options.KmsKeyId)] ?? options.KmsKeyId;
        options.ExpectedBucketOwner = section[nameof(options.ExpectedBucketOwner)] ?? options.ExpectedBucketOwner;
        options.NeverOverwrite = section.GetValue(nameof(options.NeverOverwrite), options.NeverOverwrite);
    }
}
