using Amazon.Runtime;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>Lets the SDK repeat a request once, and only because of clock skew.</summary>
/// <remarks>
/// The SDK measures the clock difference from the response, keeps it for the endpoint and signs again. All other retries belong to the
/// delivery loop, so that there is one retry budget. The base class checks for clock skew before it calls <see cref="RetryForException"/>.
/// </remarks>
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
