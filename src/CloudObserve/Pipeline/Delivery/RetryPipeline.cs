using CloudObserve.Delivery;
using Polly;
using Polly.Retry;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Builds the resilience pipeline around the attempts of a batch: the host's, or the default one.</summary>
internal static class RetryPipeline
{
    /// <summary>The key under which the default pipeline finds the shipment and the pause computed for it.</summary>
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
        // The number of attempts is unlimited: a batch ends when it is too old or when its memory is needed.
        MaxRetryAttempts = int.MaxValue,
        ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Result is { } result && ErrorPolicy.For(result.Error).Retried),
        DelayGenerator = static args => ValueTask.FromResult<TimeSpan?>(PauseOf(args.Context)),
    };

    private static TimeSpan PauseOf(ResilienceContext context) =>
        context.Properties.TryGetValue(ShipmentKey, out Shipment? shipment) ? shipment.Place.Pause : TimeSpan.Zero;
}
