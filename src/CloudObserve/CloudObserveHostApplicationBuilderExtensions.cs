using CloudObserve;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Provides the extension method that adds CloudObserve to a host.</summary>
public static class CloudObserveHostApplicationBuilderExtensions
{
    /// <summary>Adds CloudObserve. Another call adds nothing twice and returns a builder for the same configuration.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <returns>A builder that configures the library.</returns>
    public static CloudObserveBuilder AddCloudObserve(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Services.AddCloudObserve();
    }
}
