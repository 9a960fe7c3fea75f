using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>The step of the SDK's pipeline that decides where a request goes. It comes right after <see cref="SignatureHandler"/>.</summary>
internal sealed class EndpointHandler : BaseEndpointResolver
{
    protected override void PreInvoke(IExecutionContext executionContext)
    {
        ArgumentNullException.ThrowIfNull(executionContext);

        // The step before has found credentials, or this one would not be reached.
        ((OperationRequest)executionContext.RequestContext.OriginalRequest).HasCredentials = true;
        base.PreInvoke(executionContext);
    }

    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
    {
        ArgumentNullException.ThrowIfNull(requestContext);
        return RegionalEndpoints.ParametersOf(requestContext.ClientConfig);
    }
}
