using CloudObserve.Delivery;
using CloudObserve.Diagnostics;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Computes the pause after a failed attempt and reports the failure.</summary>
/// <param name="signal">The signal's name.</param>
/// <param name="schedule">The default pauses, or <see langword="null"/> if the host's own pipeline determines the pauses.</param>
/// <param name="events">Receives reports.</param>
/// <param name="time">The clock.</param>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class RetryReporter(string signal, RetrySchedule? schedule, IDiagnosticEvents events, TimeProvider time)
{
    internal void AttemptFailed(Shipment shipment, SendResult failure, bool urgent)
    {
        if (!ErrorPolicy.For(failure.Error).Retried)
        {
            return;
        }

        shipment.Run.Failures++;
        TimeSpan pause = TimeSpan.Zero;
        if (schedule is not null)
        {
            pause = PauseAfter(schedule, shipment, failure, urgent);
            shipment.Place.Pause = pause;
        }

        BatchHeader header = shipment.Header;
        events.AttemptFailed(
            new FailedAttempt(signal, header.Operation, header.Destination, failure.Error.ToString(), failure.Code, failure.Message)
            {
                Attempt = shipment.Run.Failures,
                Pause = pause,
            });
    }

    internal void Halving(Batch batch, SendResult refusal) =>
        events.BatchSplit(
            new SplitBatch(signal, batch.Operation, batch.Destination, batch.ItemCount, refusal.Code, refusal.Message));

    private TimeSpan PauseAfter(RetrySchedule own, Shipment shipment, SendResult failure, bool urgent)
    {
        // A pause must not extend past the moment at which the service stops accepting the batch.
        TimeSpan pause = own.Pause(failure, shipment.Run.Failures, urgent);
        TimeSpan left = shipment.Patience - time.GetElapsedTime(shipment.TakenAt);
        return left < pause ? (left > TimeSpan.Zero ? left : TimeSpan.Zero) : pause;
    }
}
