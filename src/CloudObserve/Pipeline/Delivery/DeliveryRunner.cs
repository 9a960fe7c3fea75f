using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Spooling;
using Polly;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Runs one shipment to its end: attempts within the resilience pipeline, splitting, and the outcome of each part.</summary>
/// <threadsafety>Safe for concurrent use; each shipment has its own flow.</threadsafety>
internal sealed class DeliveryRunner(
    DeliveryQueue queue,
    ResiliencePipeline<SendResult> pipeline,
    AttemptSender sender,
    RetryReporter retries,
    SpillPolicy spool,
    DeliveryBooks books,
    IDiagnosticEvents events,
    TimeProvider time)
{
    /// <summary>The maximum number of invalid items isolated in one batch of which nothing has been accepted yet.</summary>
    /// <remarks>
    /// Beyond it, the rest of the batch counts as invalid as a whole. Once a part was accepted, every invalid item is isolated, because the
    /// valid ones are worth the requests: an invalid item costs about two requests per halving.
    /// </remarks>
    internal const int MostPoisonItems = 256;

    private const string SeeWhy = "find out why the destination is too slow.";

    internal async Task RunAsync(Shipment shipment)
    {
        try
        {
            while (shipment.Current is { } part)
            {
                await DeliverPartAsync(shipment, part.Batch).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            // Nothing above is expected to throw. If it does, the data is lost; the loss is counted and reported.
            events.InternalError(nameof(DeliveryRunner), exception);
            GiveUpAll(shipment, LossReason.RetriesExhausted, $"an internal error: {exception.Message}", mayKeep: false);
        }
        finally
        {
            spool.End(shipment);
            queue.Finish(shipment);
        }
    }

    /// <summary>Records an interrupted shipment, with all its parts, as spooled or lost.</summary>
    internal void GiveUp(Shipment shipment, Interruption why)
    {
        (LossReason reason, string detail) = why switch
        {
            Interruption.Evicted => (
                LossReason.BufferFull, $"the buffer was full and this was the oldest batch; raise Delivery:MaxBufferBytes, or {SeeWhy}"),
            Interruption.Deadline => (
                LossReason.ShutdownDeadline, $"the host's shutdown deadline passed; raise HostOptions.ShutdownTimeout, or {SeeWhy}"),
            Interruption.Spilled => (LossReason.BufferFull, $"the destination failed for longer than Delivery:Spool:SpillAfter; {SeeWhy}"),
            _ => (LossReason.TooOld, $"the service accepts it only until {shipment.Header.AcceptableUntil:u}."),
        };
        GiveUpAll(shipment, reason, detail, mayKeep: reason != LossReason.TooOld);
    }

    private async Task DeliverPartAsync(Shipment shipment, Batch batch)
    {
        SendResult? result = null;
        string outcome = "the resilience pipeline gave up";
        try
        {
            result = await ExecuteAsync(shipment).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The library's own cancellation, which is handled below, or a strategy of the host such as an open circuit breaker.
            outcome = $"{outcome}: {exception.GetType().Name}: {exception.Message}";
        }

        Interruption why = queue.EndRun(shipment);
        if (why is not (Interruption.None or Interruption.Deadline))
        {
            // This may be the thread that delivers the interruptions; it has other callbacks to call and timers to stop, so the flow yields
            // to the pool. At the deadline the interruptions run on a dedicated thread, and the pool may have no free thread, so the flow
            // does not yield.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }

        switch (result?.Error)
        {
            case ErrorClass.None:
                books.Deliver(batch, result, shipment.Latency);
                shipment.HasArrived = true;
                shipment.EndPart();
                break;
            case ErrorClass.Invalid when shipment.IsOverdue && why <= Interruption.RetryNow:
                // The clock and the service agree. Searching for single invalid items would cost two requests per item.
                string refusal = $"the service accepts it only until {shipment.Header.AcceptableUntil:u}, and refused it with "
                    + $"{result.Code}: {result.Message}";
                GiveUpPart(shipment, batch, LossReason.TooOld, refusal, mayKeep: false);
                break;
            case ErrorClass.Invalid or ErrorClass.TooLarge when why <= Interruption.RetryNow:
                Isolate(shipment, batch, result);
                break;
            default:
                outcome = result is null ? outcome : $"{outcome} after {result.Error}: {result.Code}: {result.Message}";
                EndUndelivered(shipment, batch, why, outcome);
                break;
        }
    }

    private async Task<SendResult> ExecuteAsync(Shipment shipment)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, shipment.Interrupted);
        context.Properties.Set(RetryPipeline.ShipmentKey, shipment);
        try
        {
            return await pipeline.ExecuteAsync(
                static (context, state) => state.Runner.AttemptAsync(state.Shipment, context.CancellationToken),
                context,
                (Runner: this, Shipment: shipment)).ConfigureAwait(false);
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
            queue.Expire(shipment);
            throw new OperationCanceledException(shipment.Interrupted);
        }

        SendResult result;
        using (RequestSlot slot = await queue.EnterAsync(shipment, cancellationToken).ConfigureAwait(false))
        {
            slot.Result = result = await sender.SendAsync(shipment.Current!, cancellationToken).ConfigureAwait(false);
            shipment.Latency = slot.Elapsed;
        }

        if (result.Error != ErrorClass.None)
        {
            // The attempt was aborted by the library or by a strategy of the host. The strategy expects its cancellation, not a result.
            cancellationToken.ThrowIfCancellationRequested();
            retries.AttemptFailed(shipment, result, queue.IsUrgent);
            if (ErrorPolicy.For(result.Error).Retried)
            {
                spool.AttemptFailed(shipment);
            }
        }

        return result;
    }

    private void EndUndelivered(Shipment shipment, Batch batch, Interruption why, string detail)
    {
        switch (why)
        {
            case Interruption.RetryNow:
                // Nothing to record: the same part runs again at once.
                break;
            case Interruption.None:
                GiveUpPart(shipment, batch, LossReason.RetriesExhausted, detail, mayKeep: true);
                break;
            default:
                GiveUp(shipment, why);
                break;
        }
    }

    private void Isolate(Shipment shipment, Batch batch, SendResult result)
    {
        if (batch.ItemCount > 1 && (shipment.HasArrived || shipment.PoisonItems < MostPoisonItems))
        {
            retries.Halving(batch, result);
            shipment.Halve();
            return;
        }

        shipment.PoisonItems++;
        string unsearched = batch.ItemCount == 1
            ? ""
            : $"; {MostPoisonItems} invalid items and no valid one were found before, so these {batch.ItemCount} items were not searched";
        LossReason reason = result.Error == ErrorClass.TooLarge ? LossReason.TooLarge : LossReason.Rejected;
        books.Lose(batch, reason, $"refused with {result.Code}: {result.Message}{unsearched}", DeliveryBooks.Excerpt(batch, 0));
        shipment.EndPart();
    }

    private void GiveUpAll(Shipment shipment, LossReason reason, string detail, bool mayKeep)
    {
        while (shipment.Current is { } part)
        {
            GiveUpPart(shipment, part.Batch, reason, detail, mayKeep);
        }
    }

    // Every batch that cannot be delivered from memory ends here, whatever the reason: evicted, too old, refused, given up, or past the
    // deadline.
    private void GiveUpPart(Shipment shipment, Batch batch, LossReason reason, string detail, bool mayKeep)
    {
        string problem = "";
        if (!mayKeep || !spool.TryKeep(shipment, batch, out problem))
        {
            books.Lose(batch, reason, problem.Length == 0 ? detail : $"{detail} ({problem})");
        }

        shipment.EndPart();
    }
}
