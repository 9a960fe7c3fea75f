using CloudObserve;
using CloudObserve.AspNetCore.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds CloudObserve to a web application.</summary>
public static class CloudObserveWebApplicationBuilderExtensions
{
    /// <summary>Adds CloudObserve. Calling it again adds nothing twice and gives a builder for the same set-up.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <returns>A builder for what is to be set.</returns>
    /// <remarks>
    /// It does what adding it to any host does, and takes care that no endpoint only seems to be audited: if one is marked by <c>[Audited]</c> and
    /// <c>WithAuditedEndpoints</c> was not called, the application does not start.
    /// </remarks>
    public static CloudObserveBuilder AddCloudObserve(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, UnrecordedEndpointsCheck>());
        return builder.Services.AddCloudObserve();
    }
}
