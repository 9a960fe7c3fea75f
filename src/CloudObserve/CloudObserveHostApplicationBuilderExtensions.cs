using CloudObserve;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds CloudObserve to a host.</summary>
public static class CloudObserveHostApplicationBuilderExtensions
{
    /// <summary>Adds CloudObserve. Calling it again adds nothing twice and gives a builder for the same set-up.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <returns>A builder for what is to be set.</returns>
    public static CloudObserveBuilder AddCloudObserve(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Services.AddCloudObserve();
    }
}
