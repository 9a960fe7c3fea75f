using CloudObserve.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides the extension method that adds CloudObserve to a host's health checks.</summary>
public static class CloudObserveHealthChecksBuilderExtensions
{
    /// <summary>Adds a health check named <c>cloudobserve</c> that reports whether data is delivered, delayed or lost, and why.</summary>
    /// <param name="builder">The host's health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">The status to report when the check is unhealthy; <see cref="HealthStatus.Unhealthy"/> by
    /// default.</param>
    /// <param name="tags">The tags of the check.</param>
    /// <returns>The builder.</returns>
    /// <remarks>
    /// Healthy: no data waits unusually long. Degraded: requests are being retried, or data was lost or calls were refused in the last five
    /// minutes. Unhealthy: data has waited for five minutes without any being delivered, or the destination refuses the credentials. The
    /// check reads the library's state and sends nothing.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static IHealthChecksBuilder AddCloudObserve(
        this IHealthChecksBuilder builder, string name = "cloudobserve", HealthStatus? failureStatus = null, IEnumerable<string>? tags =
            null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(name, Create, failureStatus, tags));
    }

    private static CloudObserveHealthCheck Create(IServiceProvider services)
    {
        DiagnosticEvents events = services.GetService<DiagnosticEvents>()
            ?? throw new InvalidOperationException("The health check requires the library: call AddCloudObserve() on the host "
                + "builder or its services too.");
        return new CloudObserveHealthCheck(events.Health, events.Sources);
    }
}
