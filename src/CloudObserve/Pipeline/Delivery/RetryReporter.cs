using CloudObserve.Diagnostics;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Works out the pause after a failed attempt and reports both.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class RetryReporter(string signal, RetrySchedule? schedule, IDiagnosticEvents events, TimeProvider time)
{
    internal void AttemptFailed(Delivery delivery, SendResult failure, bool urgent)
    {
        if (!ErrorPolicy.For(failure.Error).Retried)
        {
            return;
        }

        delivery.Failures++;
        delivery.Pause = PauseAfter(delivery, failure, urgent);
        BatchHeader header = delivery.Header;
        events.BatchRetrying(
            signal, header.Operation, header.Destination, failure.Error.ToString(), failure.Code, failure.Message, delivery.Failures, delivery.Pause);
    }

    internal void Halving(Batch batch, SendResult refusal) =>
        events.BatchSplit(signal, batch.Operation, batch.Destination, batch.ItemCount, refusal.Code, refusal.Message);

    private TimeSpan PauseAfter(Delivery delivery, SendResult failure, bool urgent)
    {
        if (schedule is null)
        {
            // A host's own pipeline pauses as it sees fit.
            return TimeSpan.Zero;
        }

        // No use in sleeping past the moment from which on the service will not take it.
        TimeSpan pause = schedule.Pause(failure, delivery.Failures, urgent);
        TimeSpan left = delivery.Header.AcceptableUntil - time.GetUtcNow();
        return left < pause ? (left > TimeSpan.Zero ? left : TimeSpan.Zero) : pause;
    }
}
