using Polly;
using Polly.Retry;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Builds the resilience pipeline around the attempts of a batch: the host's, or the default one.</summary>
internal static class RetryPipeline
{
    /// <summary>Where the default pipeline finds the pause that has been worked out for its shipment.</summary>
    internal static readonly ResiliencePropertyKey<Shipment> ShipmentKey = new("CloudObserve.Shipment");

    internal static ResiliencePipeline<SendResult> Build(DeliveryOptions options, TimeProvider time)
    {
        ResiliencePipelineBuilder<SendResult> builder = new() { Name = "CloudObserve", TimeProvider = time };
        if (options.ConfigureResilience is { } configure)
        {
            configure(builder);
        }
        else
        {
            _ = builder.AddRetry(Default());
        }

        return builder.Build();
    }

    private static RetryStrategyOptions<SendResult> Default() => new()
    {
        // No limit to attempts: age ends a batch, and memory does.
        MaxRetryAttempts = int.MaxValue,
        ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Result is { } result && ErrorPolicy.For(result.Error).Retried),
        DelayGenerator = static args => ValueTask.FromResult<TimeSpan?>(PauseOf(args.Context)),
    };

    private static TimeSpan PauseOf(ResilienceContext context) =>
        context.Properties.TryGetValue(ShipmentKey, out Shipment? shipment) ? shipment.Pause : TimeSpan.Zero;
}
