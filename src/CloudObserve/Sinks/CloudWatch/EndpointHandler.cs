using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>The SDK pipeline handler that resolves the endpoint of a request.</summary>
internal sealed class EndpointHandler : BaseEndpointResolver
{
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
    {
        ArgumentNullException.ThrowIfNull(requestContext);
        return RegionalEndpoints.ParametersOf(requestContext.ClientConfig);
    }
}
