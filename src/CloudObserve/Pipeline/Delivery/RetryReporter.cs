using CloudObserve.Diagnostics;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Works out the pause after a failed attempt and reports both.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class RetryReporter(string signal, RetrySchedule? schedule, IDiagnosticEvents events, TimeProvider time)
{
    internal void AttemptFailed(Shipment shipment, SendResult failure, bool urgent)
    {
        if (!ErrorPolicy.For(failure.Error).Retried)
        {
            return;
        }

        shipment.Failures++;
        shipment.Pause = PauseAfter(shipment, failure, urgent);
        BatchHeader header = shipment.Header;
        events.BatchRetrying(
            signal, header.Operation, header.Destination, failure.Error.ToString(), failure.Code, failure.Message, shipment.Failures, shipment.Pause);
    }

    internal void Halving(Batch batch, SendResult refusal) =>
        events.BatchSplit(signal, batch.Operation, batch.Destination, batch.ItemCount, refusal.Code, refusal.Message);

    private TimeSpan PauseAfter(Shipment shipment, SendResult failure, bool urgent)
    {
        if (schedule is null)
        {
            // A host's own pipeline pauses as it sees fit.
            return TimeSpan.Zero;
        }

        // No use in sleeping past the moment from which on the service will not take it.
        TimeSpan pause = schedule.Pause(failure, shipment.Failures, urgent);
        TimeSpan left = shipment.Header.AcceptableUntil - time.GetUtcNow();
        return left < pause ? (left > TimeSpan.Zero ? left : TimeSpan.Zero) : pause;
    }
}
