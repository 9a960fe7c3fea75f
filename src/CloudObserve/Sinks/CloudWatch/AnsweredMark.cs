using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>The SDK pipeline handler directly above the HTTP client, which records the status of the response.</summary>
internal sealed class AnsweredMark : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        ArgumentNullException.ThrowIfNull(executionContext);
        OperationRequest request = (OperationRequest)executionContext.RequestContext.OriginalRequest;
        try
        {
            T answer = await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
            request.AnswerStatus = executionContext.ResponseContext.HttpResponse?.StatusCode;
            return answer;
        }
        catch (HttpErrorResponseException exception)
        {
            request.AnswerStatus = exception.Response.StatusCode;
            throw;
        }
    }
}
