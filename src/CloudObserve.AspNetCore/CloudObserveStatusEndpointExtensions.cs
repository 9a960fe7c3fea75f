using System.Diagnostics.CodeAnalysis;
using CloudObserve;
using CloudObserve.AspNetCore.Status;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps an HTTP endpoint that shows the state of the library.</summary>
public static class CloudObserveStatusEndpointExtensions
{
    /// <summary>
    /// Answers GET requests with <see cref="ICloudObserve.GetStatus"/>: as a page for clients that prefer HTML, else as JSON.
    /// </summary>
    /// <param name="endpoints">The application's endpoints.</param>
    /// <param name="pattern">The route.</param>
    /// <returns>A builder for the endpoint.</returns>
    /// <remarks>
    /// The application decides who may see it: <c>app.MapCloudObserveStatus().RequireAuthorization("Operators")</c>. It shows no
    /// credentials and no logged data, but error texts may name metrics, filters, log groups and IAM roles.
    /// </remarks>
    /// <exception cref="InvalidOperationException"><c>AddCloudObserve()</c> was not called.</exception>
    public static IEndpointConventionBuilder MapCloudObserveStatus(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/observe/status")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        return endpoints.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(ICloudObserve)) == false
            ? throw new InvalidOperationException("The status endpoint needs CloudObserve. Call AddCloudObserve() on the host builder too.")
            : endpoints.MapGet(pattern, StatusEndpoint.AnswerAsync).WithDisplayName("CloudObserve status");
    }
}
