using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>The SDK pipeline handler directly after the signer, which records that the request was signed.</summary>
internal sealed class SignedMark : PipelineHandler
{
    public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        ArgumentNullException.ThrowIfNull(executionContext);
        ((OperationRequest)executionContext.RequestContext.OriginalRequest).IsSigned = true;
        return base.InvokeAsync<T>(executionContext);
    }
}
