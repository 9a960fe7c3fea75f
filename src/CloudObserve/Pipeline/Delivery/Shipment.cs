using System.Diagnostics;
using CloudObserve.Delivery;
using CloudObserve.Pipeline.Spooling;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>An enqueued batch during delivery, together with the parts it was split into.</summary>
/// <remarks>
/// Its flow waits for its turn, runs the delivery, and leaves the queue. A shipment that is dropped before its turn has the same flow,
/// which then has only to record the outcome.
/// </remarks>
[DebuggerDisplay("{Place.Sequence}: {Place.State}, {Header.Operation} to {Header.Destination}")]
internal sealed class Shipment
{
    // The time for which a batch that is too old by the clock is still sent: the clock may be wrong, and is mostly corrected within a day.
    private static readonly TimeSpan OverduePatience = TimeSpan.FromDays(1);

    // Continuations run synchronously: the thread that drops a shipment records its outcome, because the pool may have no free thread.
    private readonly TaskCompletionSource<Interruption> _turn = new();
    private int _isSettled;

    /// <param name="batch">The batch, of which the shipment takes ownership.</param>
    /// <param name="entry">The spool file of the batch, if it was read from the spool.</param>
    internal Shipment(Batch batch, SpoolEntry? entry = null)
    {
        Header = batch.Header;
        Run = new ShipmentRun(batch, entry);
        Place = new ShipmentPlace(Run);
        Node = new LinkedListNode<Shipment>(this);
    }

    internal BatchHeader Header { get; }

    /// <summary>Gets the state of the delivery, which belongs to the shipment's flow.</summary>
    internal ShipmentRun Run { get; }

    /// <summary>Gets the state in the queue, which belongs to the queue.</summary>
    internal ShipmentPlace Place { get; }

    /// <summary>Gets the node in the queue's list of all shipments. Guarded by the queue's lock.</summary>
    internal LinkedListNode<Shipment> Node { get; }

    /// <summary>Gets a task that completes when it is the shipment's turn, or when it is dropped before, with the reason.</summary>
    internal Task<Interruption> Turn => _turn.Task;

    /// <summary>
    /// Gets the timestamp at which the pipeline took the batch. Ages are measured from it, because timestamps do not jump with the clock.
    /// </summary>
    internal long TakenAt { get; private set; }

    /// <summary>Gets the age by the clock when the batch was taken. A batch read back from disk has waited before.</summary>
    internal TimeSpan AgeWhenTaken { get; private set; }

    /// <summary>Gets the time after <see cref="TakenAt"/> at which the batch is given up as too old.</summary>
    internal TimeSpan Patience { get; private set; }

    /// <summary>Gets a value indicating whether the batch was read from disk and already too old by the clock.</summary>
    /// <remarks>
    /// Such a batch is sent anyway, because the clock may be wrong. In a newly encoded batch only single items can be too old; they are
    /// isolated if the service refuses the batch.
    /// </remarks>
    internal bool IsOverdue { get; private set; }

    /// <summary>Reads the clock to determine how long the service will accept the batch.</summary>
    /// <remarks>The clock is read only here; afterwards only elapsed time counts. Call it once, before the shipment is shared.</remarks>
    internal void BeginAge(TimeProvider time)
    {
        DateTimeOffset now = time.GetUtcNow();
        TimeSpan left = Header.AcceptableUntil - now;
        TakenAt = time.GetTimestamp();
        AgeWhenTaken = Run.Entry is not null && now > Header.CreatedAt ? now - Header.CreatedAt : TimeSpan.Zero;
        IsOverdue = Run.Entry is not null && left <= TimeSpan.Zero;
        Patience = left > TimeSpan.Zero ? left : OverduePatience;
    }

    /// <summary>Gives the shipment its turn, unless it has had it. Its flow continues on the calling thread.</summary>
    /// <param name="why">The reason for dropping it; <see cref="Interruption.None"/> to deliver it.</param>
    /// <returns><see langword="false"/> if the shipment has had its turn before.</returns>
    internal bool TryGiveTurn(Interruption why) => _turn.TrySetResult(why);

    /// <summary>Takes the number of the shipment. Flushes do not wait for one that is on disk.</summary>
    internal void TakeNumber(FlushTickets tickets)
    {
        _isSettled = Run.Entry is null ? 0 : 1;
        Place.Sequence = Run.Entry is null ? tickets.Issue() : tickets.IssueSettled();
    }

    /// <summary>Settles the number, unless it is settled: the shipment has left the queue, or it is stored on disk.</summary>
    internal void Settle(FlushTickets tickets)
    {
        if (Interlocked.Exchange(ref _isSettled, 1) == 0)
        {
            tickets.Settle(Place.Sequence);
        }
    }
}
