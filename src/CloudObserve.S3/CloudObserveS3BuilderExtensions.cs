using CloudObserve;
using CloudObserve.S3;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds shipping of the audit trail to Amazon S3.</summary>
public static class CloudObserveS3BuilderExtensions
{
    /// <summary>Ships sealed files and digests of the audit trail to a bucket, with CloudTrail's keys and metadata.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="bucketName">
    /// The bucket, which must exist. It is stored in <c>AuditTrailOptions.Bucket</c>, because digests contain it. The default is
    /// <see langword="null"/>: the value of that option, which the configuration sets as <c>CloudObserve:AuditTrail:Bucket</c>. The prefix
    /// of the keys is <c>AuditTrailOptions.KeyPrefix</c>.
    /// </param>
    /// <param name="configure">Changes the options after they are read from the section <c>CloudObserve:AuditTrail:S3</c>.</param>
    /// <returns>The builder.</returns>
    /// <remarks>
    /// Sealed files are shipped when they are complete (<c>AuditTrailOptions.SealAfter</c>), and each digest after the files that it lists.
    /// A file that is not shipped yet stays on disk, whatever its age.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static CloudObserveBuilder ShipAuditTrailToS3(
        this CloudObserveBuilder builder, string? bucketName = null, Action<S3TrailOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        IServiceCollection services = builder.Services;
        _ = services.AddSingleton<IConfigureOptions<S3TrailOptions>>(p => new S3TrailConfiguration(p.GetService<IConfiguration>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<S3TrailOptions>, S3TrailOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CloudObserveOptions>, BucketValidator>());
        _ = services.AddOptions<S3TrailOptions>().ValidateOnStart();
        if (configure is not null)
        {
            _ = services.Configure(configure);
        }

        return builder
            .WithAuditTrail(trail => trail.Bucket = bucketName ?? trail.Bucket)
            .UseAuditFileShipper(p => new S3TrailShipper(
                p.GetRequiredService<IOptions<S3TrailOptions>>().Value,
                p.GetRequiredService<IOptions<CloudObserveOptions>>().Value.AuditTrail));
    }
}
