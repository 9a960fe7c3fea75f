using CloudObserve;
using CloudObserve.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides the extension method that adds CloudObserve to a service collection.</summary>
public static class CloudObserveServiceCollectionExtensions
{
    /// <summary>Adds CloudObserve. Another call adds nothing twice and returns a builder for the same configuration.</summary>
    /// <param name="services">The services.</param>
    /// <returns>A builder that configures the library.</returns>
    /// <remarks>
    /// With a generic host, the library starts and stops with the host. Without one, it starts when it is first used, and flushes when the
    /// service provider is disposed of; use <c>await using</c>.
    /// </remarks>
    public static CloudObserveBuilder AddCloudObserve(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return new CloudObserveBuilder(services
            .AddCloudObserveOptions()
            .AddCloudObserveDiagnostics()
            .AddCloudObserveSink()
            .AddCloudObserveMetrics()
            .AddCloudObserveRuntime());
    }
}
