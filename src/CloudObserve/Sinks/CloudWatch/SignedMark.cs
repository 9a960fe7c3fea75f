using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>The step of the SDK's pipeline right behind the signer. It notes that the request got so far.</summary>
internal sealed class SignedMark : PipelineHandler
{
    public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        ArgumentNullException.ThrowIfNull(executionContext);
        ((OperationRequest)executionContext.RequestContext.OriginalRequest).IsSigned = true;
        return base.InvokeAsync<T>(executionContext);
    }
}
