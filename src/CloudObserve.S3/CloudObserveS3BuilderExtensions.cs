using CloudObserve;
using CloudObserve.S3;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Ships the audit trail to Amazon S3.</summary>
public static class CloudObserveS3BuilderExtensions
{
    /// <summary>Ships the audit trail's finished files to a bucket, under the keys and with the metadata that CloudTrail uses.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="bucketName">
    /// The bucket, which must exist; it becomes <c>AuditTrailOptions.Bucket</c>, because digests name it. <see langword="null"/>: what is set there, or in the
    /// configuration as <c>CloudObserve:AuditTrail:Bucket</c>. What stands in front of the keys is <c>AuditTrailOptions.KeyPrefix</c>.
    /// </param>
    /// <param name="configure">Sets what the section <c>CloudObserve:AuditTrail:S3</c> does not.</param>
    /// <returns>The builder.</returns>
    /// <remarks>
    /// Sealed files are shipped as they are made (<c>AuditTrailOptions.SealAfter</c>), and a digest after the files that it names. What could not be
    /// shipped is kept on the disk, whatever its age, until it is.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static CloudObserveBuilder ShipAuditTrailToS3(this CloudObserveBuilder builder, string? bucketName = null, Action<S3TrailOptions>? configure = null)
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
                p.GetRequiredService<IOptions<S3TrailOptions>>().Value, p.GetRequiredService<IOptions<CloudObserveOptions>>().Value.AuditTrail));
    }
}
