using System.Diagnostics.CodeAnalysis;
using CloudObserve;
using CloudObserve.AspNetCore.Status;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Shows over HTTP how the library stands.</summary>
public static class CloudObserveStatusEndpointExtensions
{
    /// <summary>Answers GET with <see cref="ICloudObserve.GetStatus"/>: as JSON, or as a page to who asks for HTML.</summary>
    /// <param name="endpoints">The application's endpoints.</param>
    /// <param name="pattern">The route.</param>
    /// <returns>A builder for the endpoint.</returns>
    /// <remarks>
    /// Who may see it is the host's to say: <c>app.MapCloudObserveStatus().RequireAuthorization("Operators")</c>. It shows no credentials and nothing that
    /// the application logged, but the names of metrics, filters, log groups and IAM roles that errors speak of.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The library itself was not added.</exception>
    public static IEndpointConventionBuilder MapCloudObserveStatus(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/observe/status")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        return endpoints.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(ICloudObserve)) == false
            ? throw new InvalidOperationException("The status needs the library itself: call AddCloudObserve() on the host builder or its services too.")
            : endpoints.MapGet(pattern, StatusEndpoint.AnswerAsync).WithDisplayName("CloudObserve status");
    }
}
