using CloudObserve.Delivery;
using Polly;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Runs the attempts of a shipment's current part within the resilience pipeline.</summary>
/// <param name="queue">Gives out the request slots.</param>
/// <param name="pipeline">The resilience pipeline: the host's, or the default one.</param>
/// <param name="sender">Makes one attempt.</param>
/// <param name="retries">Computes the pauses.</param>
/// <param name="spill">Writes a shipment to disk that fails.</param>
/// <param name="time">The clock.</param>
/// <threadsafety>Safe for concurrent use; each shipment has its own flow.</threadsafety>
internal sealed class ShipmentAttempts(
    DeliveryQueue queue,
    ResiliencePipeline<SendResult> pipeline,
    AttemptSender sender,
    RetryReporter retries,
    SpillPolicy spill,
    TimeProvider time)
{
    /// <summary>Runs attempts until the resilience pipeline accepts a result.</summary>
    /// <returns>The result of the last attempt.</returns>
    /// <exception cref="Exception">
    /// The shipment was interrupted, or a strategy of the host gave up, such as an open circuit breaker.
    /// </exception>
    internal async Task<SendResult> RunAsync(Shipment shipment)
    {
        ResilienceContext context =
            ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, shipment.Run.InterruptSource.Token);
        context.Properties.Set(RetryPipeline.ShipmentKey, shipment);
        try
        {
            return await pipeline.ExecuteAsync(
                static (context, state) => state.Attempts.AttemptAsync(state.Shipment, context.CancellationToken),
                context,
                (Attempts: this, Shipment: shipment)).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<SendResult> AttemptAsync(Shipment shipment, CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(shipment.TakenAt) >= shipment.Patience)
        {
            queue.Interrupt(shipment, Interruption.TooOld);
            throw new OperationCanceledException(shipment.Run.InterruptSource.Token);
        }

        SendResult result;
        using (RequestSlot slot = await queue.TakeSlotAsync(shipment, cancellationToken).ConfigureAwait(false))
        {
            slot.Result = result = await sender.SendAsync(shipment.Run.Current!, cancellationToken).ConfigureAwait(false);
            shipment.Run.Latency = slot.Elapsed;
        }

        if (result.Error != ErrorClass.None)
        {
            // The attempt was aborted by the library or by a strategy of the host. The strategy expects its cancellation, not a result.
            cancellationToken.ThrowIfCancellationRequested();
            retries.AttemptFailed(shipment, result, queue.IsUrgent);
            if (ErrorPolicy.For(result.Error).Retried)
            {
                spill.AttemptFailed(shipment);
            }
        }

        return result;
    }
}
