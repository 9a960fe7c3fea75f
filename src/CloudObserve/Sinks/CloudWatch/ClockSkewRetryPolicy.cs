using Amazon.Runtime;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>
/// Lets the SDK repeat a request once, and only because this machine's clock is off: the SDK then measures the difference from the answer,
/// keeps it for the endpoint and signs anew. Every other retry belongs to the delivery loop, so that there is one retry budget.
/// </summary>
/// <remarks>The base class looks for clock skew itself before it asks <see cref="RetryForException"/>.</remarks>
internal sealed class ClockSkewRetryPolicy : RetryPolicy
{
    public override bool CanRetry(IExecutionContext executionContext) => true;

    public override bool RetryForException(IExecutionContext executionContext, Exception exception) => false;

    public override Task<bool> RetryForExceptionAsync(IExecutionContext executionContext, Exception exception) => Task.FromResult(false);

    public override bool RetryLimitReached(IExecutionContext executionContext)
    {
        ArgumentNullException.ThrowIfNull(executionContext);
        return executionContext.RequestContext.Retries > 0;
    }

    public override void WaitBeforeRetry(IExecutionContext executionContext)
    {
    }

    public override Task WaitBeforeRetryAsync(IExecutionContext executionContext) => Task.CompletedTask;
}
