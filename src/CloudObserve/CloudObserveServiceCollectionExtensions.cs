using CloudObserve;
using CloudObserve.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds CloudObserve to services.</summary>
public static class CloudObserveServiceCollectionExtensions
{
    /// <summary>Adds CloudObserve. Calling it again adds nothing twice and gives a builder for the same set-up.</summary>
    /// <param name="services">The services.</param>
    /// <returns>A builder for what is to be set.</returns>
    /// <remarks>
    /// With a generic host it starts and stops with the host. Without one it starts when it is first used and flushes when the service provider is
    /// disposed of, for which <c>await using</c> is the right form.
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
