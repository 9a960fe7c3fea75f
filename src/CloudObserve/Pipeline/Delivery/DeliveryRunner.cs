using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Spooling;
using Polly;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Carries one shipment to its end: attempts within the resilience pipeline, halving, and the fate of each part.</summary>
/// <threadsafety>Safe for concurrent use; each shipment has one flow of its own.</threadsafety>
internal sealed class DeliveryRunner(
    DeliveryGate gate,
    ResiliencePipeline<SendResult> pipeline,
    AttemptSender sender,
    RetryReporter retries,
    SpoolKeeper spool,
    DeliveryBooks books,
    IDiagnosticEvents events,
    TimeProvider time)
{
    /// <summary>
    /// How many items of one batch are found at fault one by one before the batch counts as wrong as a whole, so long as nothing of it was taken.
    /// Once something was, every item is looked for: sound ones are worth the requests, of which an item at fault costs about two for each halving.
    /// </summary>
    internal const int MostPoisonItems = 256;

    private const string SeeWhy = "see why the destination does not keep up.";

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
            // Nothing above is expected to throw. If it does, the data is lost, and neither silently nor uncounted.
            events.InternalError(nameof(DeliveryRunner), exception);
            GiveUpAll(shipment, LossReason.RetriesExhausted, $"an internal error: {exception.Message}", mayKeep: false);
        }
        finally
        {
            spool.End(shipment);
            gate.Finish(shipment);
        }
    }

    /// <summary>Books a shipment that was called off, with all its parts.</summary>
    internal void GiveUp(Shipment shipment, Interruption why)
    {
        (LossReason reason, string detail) = why switch
        {
            Interruption.Evicted => (LossReason.BufferFull, $"the buffer was full and this was the oldest data; raise Delivery:MaxBufferBytes, or {SeeWhy}"),
            Interruption.Deadline => (LossReason.ShutdownDeadline, $"the host's deadline passed; raise HostOptions.ShutdownTimeout, or {SeeWhy}"),
            Interruption.Spilled => (LossReason.BufferFull, $"the destination failed for longer than Delivery:Spool:SpillAfter; {SeeWhy}"),
            _ => (LossReason.TooOld, $"the service takes it until {shipment.Header.AcceptableUntil:u} only."),
        };
        GiveUpAll(shipment, reason, detail, mayKeep: reason != LossReason.TooOld);
    }

    private async Task DeliverPartAsync(Shipment shipment, Batch batch)
    {
        SendResult? result = null;
        string gaveUp = "the resilience pipeline gave up";
        try
        {
            result = await ExecuteAsync(shipment).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Our own cancellation, told apart below, or a strategy of the host's such as an open circuit breaker.
            gaveUp = $"{gaveUp}: {exception.GetType().Name}: {exception.Message}";
        }

        Interruption why = gate.EndRun(shipment);
        if (why is not (Interruption.None or Interruption.Deadline))
        {
            // We may be on the thread that interrupts us; it has others to call and timers to stop. At the deadline it is a thread for just that,
            // and the pool, to which this would yield, may have none left.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }

        switch (result?.Error)
        {
            case ErrorClass.None:
                books.Deliver(batch, result, shipment.Latency);
                shipment.HasArrived = true;
                shipment.EndPart();
                break;
            case ErrorClass.Invalid when shipment.IsOverdue && why <= Interruption.Hurry:
                // The clock and the service agree. To look for single items at fault would cost two requests an item.
                string refusal = $"the service takes it until {shipment.Header.AcceptableUntil:u} only, and refused it with {result.Code}: {result.Message}";
                GiveUpPart(shipment, batch, LossReason.TooOld, refusal, mayKeep: false);
                break;
            case ErrorClass.Invalid or ErrorClass.TooLarge when why <= Interruption.Hurry:
                Isolate(shipment, batch, result);
                break;
            default:
                EndUndelivered(shipment, batch, why, result is null ? gaveUp : $"{gaveUp} after {result.Error}: {result.Code}: {result.Message}");
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
            gate.Expire(shipment);
            throw new OperationCanceledException(shipment.Interrupted);
        }

        await gate.EnterAsync(shipment, cancellationToken).ConfigureAwait(false);
        long startedAt = time.GetTimestamp();
        SendResult? result = null;
        try
        {
            result = await sender.SendAsync(shipment.Current!, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            gate.Leave(shipment, result, startedAt);
        }

        shipment.Latency = time.GetElapsedTime(startedAt);
        if (result.Error != ErrorClass.None)
        {
            // Broken off, by us or by a strategy of the host's: the strategy wants to see its cancellation, not an answer.
            cancellationToken.ThrowIfCancellationRequested();
            retries.AttemptFailed(shipment, result, gate.IsUrgent);
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
            case Interruption.Hurry:
                // Nothing to book: the same part runs again at once.
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
            : $"; {MostPoisonItems} items at fault were found before and none that is sound, so these {batch.ItemCount} were not searched";
        LossReason reason = result.Error == ErrorClass.TooLarge ? LossReason.TooLarge : LossReason.Rejected;
        string detail = LossDetail.WithItem($"refused with {result.Code}: {result.Message}{unsearched}", DeliveryBooks.Excerpt(batch, 0));
        GiveUpPart(shipment, batch, reason, detail, mayKeep: false);
    }

    private void GiveUpAll(Shipment shipment, LossReason reason, string detail, bool mayKeep)
    {
        while (shipment.Current is { } part)
        {
            GiveUpPart(shipment, part.Batch, reason, detail, mayKeep);
        }
    }

    // Every batch that memory cannot bring to its destination ends here, whatever the reason: evicted, too old, refused, given up, out of time.
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
