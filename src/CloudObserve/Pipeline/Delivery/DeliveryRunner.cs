using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Batches;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Delivers the parts of one shipment: runs their attempts, splits a batch that is refused, and records each outcome.</summary>
/// <param name="queue">The queue that holds the shipment.</param>
/// <param name="attempts">Runs the attempts.</param>
/// <param name="retries">Reports splits.</param>
/// <param name="spill">Stores parts that must leave memory.</param>
/// <param name="books">Records the outcomes.</param>
/// <param name="events">Receives reports of internal errors.</param>
/// <threadsafety>Safe for concurrent use; each shipment has its own flow.</threadsafety>
internal sealed class DeliveryRunner(
    DeliveryQueue queue,
    ShipmentAttempts attempts,
    RetryReporter retries,
    SpillPolicy spill,
    DeliveryBooks books,
    IDiagnosticEvents events)
{
    /// <summary>The maximum number of invalid items isolated in one batch of which nothing has been accepted yet.</summary>
    /// <remarks>
    /// Beyond it, the rest of the batch counts as invalid as a whole. Once a part was accepted, every invalid item is isolated, because the
    /// valid ones are worth the requests: an invalid item costs about two requests per halving.
    /// </remarks>
    internal const int MostPoisonItems = 256;

    private const string GaveUp = "the resilience pipeline gave up";
    private const string SeeWhy = "find out why the destination is too slow.";

    internal async Task RunAsync(Shipment shipment)
    {
        try
        {
            while (shipment.Run.Current is { } part)
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
        string outcome = GaveUp;
        try
        {
            result = await attempts.RunAsync(shipment).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The library's own cancellation, which is handled below, or a strategy of the host such as an open circuit breaker.
            outcome = $"{GaveUp}: {exception.GetType().Name}: {exception.Message}";
        }

        Interruption why = queue.SettleRun(shipment);
        if (why is not (Interruption.None or Interruption.Deadline))
        {
            // This may be the thread that delivers the interruptions; it has other callbacks to call and timers to stop, so the flow yields
            // to the pool. At the deadline the interruptions run on a dedicated thread, and the pool may have no free thread, so the flow
            // does not yield.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }

        if (result is null)
        {
            GiveUpRun(shipment, batch, why, outcome);
        }
        else
        {
            Settle(shipment, batch, result, why);
        }
    }

    private void Settle(Shipment shipment, Batch batch, SendResult result, Interruption why)
    {
        switch (result.Error)
        {
            case ErrorClass.None:
                books.Deliver(batch, result, shipment.Run.Latency);
                shipment.Run.HasArrived = true;
                shipment.Run.SettlePart();
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
                GiveUpRun(shipment, batch, why, $"{GaveUp} after {result.Error}: {result.Code}: {result.Message}");
                break;
        }
    }

    private void GiveUpRun(Shipment shipment, Batch batch, Interruption why, string detail)
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
        if (batch.ItemCount > 1 && (shipment.Run.HasArrived || shipment.Run.PoisonItems < MostPoisonItems))
        {
            retries.Halving(batch, result);
            shipment.Run.Halve();
            return;
        }

        shipment.Run.PoisonItems++;
        string unsearched = batch.ItemCount == 1
            ? ""
            : $"; {MostPoisonItems} invalid items and no valid one were found before, so these {batch.ItemCount} items were not searched";
        LossReason reason = result.Error == ErrorClass.TooLarge ? LossReason.TooLarge : LossReason.Rejected;
        books.Lose(batch, reason, $"refused with {result.Code}: {result.Message}{unsearched}", DeliveryBooks.Excerpt(batch, 0));
        shipment.Run.SettlePart();
    }

    private void GiveUpAll(Shipment shipment, LossReason reason, string detail, bool mayKeep)
    {
        while (shipment.Run.Current is { } part)
        {
            GiveUpPart(shipment, part.Batch, reason, detail, mayKeep);
        }
    }

    // Every batch that cannot be delivered from memory ends here, whatever the reason: evicted, too old, refused, given up, or past the
    // deadline.
    private void GiveUpPart(Shipment shipment, Batch batch, LossReason reason, string detail, bool mayKeep)
    {
        string problem = "";
        if (!mayKeep || !spill.TryKeep(shipment, batch, out problem))
        {
            books.Lose(batch, reason, problem.Length == 0 ? detail : $"{detail} ({problem})");
        }

        shipment.Run.SettlePart();
    }
}
