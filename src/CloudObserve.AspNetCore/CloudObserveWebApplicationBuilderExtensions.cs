using CloudObserve;
using CloudObserve.AspNetCore.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds CloudObserve to a web application.</summary>
public static class CloudObserveWebApplicationBuilderExtensions
{
    /// <summary>Adds CloudObserve.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <returns>The builder of the library.</returns>
    /// <remarks>
    /// A second call adds nothing and returns a builder for the same options. In addition to the method for other hosts, this one fails the
    /// start if an endpoint is marked by <c>[Audited]</c> and <c>WithAuditedEndpoints</c> was not called.
    /// </remarks>
    public static CloudObserveBuilder AddCloudObserve(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, UnrecordedEndpointsCheck>());
        return builder.Services.AddCloudObserve();
    }
}
