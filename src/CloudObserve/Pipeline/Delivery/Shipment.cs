using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using CloudObserve.Delivery;
using CloudObserve.Pipeline.Spooling;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>An enqueued batch during delivery, together with the parts it was split into.</summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "The source owns no timer or wait handle, and may be cancelled after the shipment's end.")]
[DebuggerDisplay("{Sequence}: {State}, {Header.Operation} to {Header.Destination}")]
internal sealed class Shipment
{
    // The time for which a batch that is too old by the clock is still sent: the clock may be wrong, and is mostly corrected within a day.
    private static readonly TimeSpan OverduePatience = TimeSpan.FromDays(1);

    // Accessed only by the shipment's own flow; before that flow begins, by the thread that holds the delivery queue's lock.
    private readonly Stack<BatchLease> _parts = new();

    // Replaced only by the shipment's own flow, under the delivery queue's lock, after it was cancelled for a RetryNow.
    private CancellationTokenSource _interrupter = new();
    private int _spilling;
    private int _isFlowTaken;

    /// <param name="batch">The batch, of which the shipment takes ownership.</param>
    /// <param name="entry">The spool file of the batch, if it was read from the spool.</param>
    internal Shipment(Batch batch, SpoolEntry? entry = null)
    {
        Entry = entry;
        Header = batch.Header;
        _parts.Push(new BatchLease(batch));
        Node = new LinkedListNode<Shipment>(this);
    }

    internal BatchHeader Header { get; }

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

    // The members below, up to Pause, are guarded by the delivery queue's lock.
    internal LinkedListNode<Shipment> Node { get; }

    internal DeliveryLane? Lane { get; set; }

    /// <summary>Gets or sets a value indicating whether flushes no longer wait for this shipment, because it is stored on disk.</summary>
    internal bool IsTicketSettled { get; set; }

    internal long Sequence { get; set; }

    internal ShipmentState State { get; set; }

    internal Interruption Interruption { get; set; }

    /// <summary>Gets or sets the bytes that currently count against the buffer for this shipment.</summary>
    internal long WaitingBytes { get; set; }

    /// <summary>Gets or sets the size in bytes at the time the shipment was added.</summary>
    internal long OutstandingBytes { get; set; }

    /// <summary>Gets or sets a value indicating whether the slot it was started with is still unused.</summary>
    internal bool HasReservedSlot { get; set; }

    /// <summary>Gets or sets the number of running attempts. A host's own pipeline may hedge, so more than one is possible.</summary>
    internal int ActiveAttempts { get; set; }

    /// <summary>
    /// Gets or sets the current pause; <see cref="TimeSpan.MaxValue"/> until it is computed, or if a host's own pipeline determines it.
    /// </summary>
    /// <remarks>
    /// Set under the delivery queue's lock when a pause begins, and by the shipment's own flow once the pause is known. A flush that reads
    /// the earlier value takes the pause for a long one and cuts it short, which is harmless.
    /// </remarks>
    internal TimeSpan Pause { get; set; } = TimeSpan.MaxValue;

    // Accessed only by the shipment's own flow. Before that flow begins, and after an eviction, by the thread that removed it from the
    // queue.
    internal SpoolEntry? Entry { get; set; }

    /// <summary>Gets a value indicating whether the batch was split, so that its file contains more than is left to deliver.</summary>
    internal bool IsSplit { get; private set; }

    /// <summary>Gets or sets a value indicating whether any part of the batch was delivered.</summary>
    internal bool HasArrived { get; set; }

    internal int Failures { get; set; }

    internal int PoisonItems { get; set; }

    internal TimeSpan Latency { get; set; }

    internal BatchLease? Current => _parts.TryPeek(out BatchLease? part) ? part : null;

    internal CancellationToken Interrupted => _interrupter.Token;

    internal long Bytes
    {
        get
        {
            long bytes = 0;
            foreach (BatchLease part in _parts)
            {
                bytes += part.Batch.Body.Length;
            }

            return bytes;
        }
    }

    /// <summary>Reads the clock to determine how long the service will accept the batch.</summary>
    /// <remarks>The clock is read only here; afterwards only elapsed time counts. Call it once, before the shipment is shared.</remarks>
    internal void BeginAge(TimeProvider time)
    {
        DateTimeOffset now = time.GetUtcNow();
        TimeSpan left = Header.AcceptableUntil - now;
        TakenAt = time.GetTimestamp();
        AgeWhenTaken = Entry is not null && now > Header.CreatedAt ? now - Header.CreatedAt : TimeSpan.Zero;
        IsOverdue = Entry is not null && left <= TimeSpan.Zero;
        Patience = left > TimeSpan.Zero ? left : OverduePatience;
    }

    /// <summary>
    /// Acquires the right to write the shipment to disk. A host's own pipeline may hedge, so two attempts may fail at once.
    /// </summary>
    internal bool TryBeginSpill() => Interlocked.Exchange(ref _spilling, 1) == 0;

    /// <summary>
    /// Acquires the right to carry the shipment to its end: for its own flow, or for the caller that drops it before that flow begins.
    /// </summary>
    internal bool TryTakeFlow() => Interlocked.Exchange(ref _isFlowTaken, 1) == 0;

    internal void EndSpill() => Volatile.Write(ref _spilling, 0);

    /// <summary>Ends the current part, whatever its outcome.</summary>
    internal void EndPart()
    {
        _parts.Pop().Release();
        Failures = 0;
    }

    /// <summary>Replaces the current part by its two halves.</summary>
    internal void Halve()
    {
        Batch whole = _parts.Peek().Batch;
        int middle = whole.ItemCount / 2;
        BatchLease first = new(whole.Slice(0, middle));
        BatchLease second = new(whole.Slice(middle, whole.ItemCount - middle));
        EndPart();
        _parts.Push(second);
        _parts.Push(first);
        IsSplit = true;
    }

    /// <summary>Records the reason for an interruption of the shipment's pause or request.</summary>
    /// <returns>The source to cancel outside the lock. It belongs to this run of the shipment, so a late cancellation does not affect the
    /// next run.</returns>
    internal CancellationTokenSource Interrupt_NeedsLock(Interruption why)
    {
        Interruption = why > Interruption ? why : Interruption;
        return _interrupter;
    }

    /// <summary>Prepares a hurried shipment for the next run.</summary>
    internal void Renew_NeedsLock()
    {
        Interruption = Interruption.None;

        _interrupter = new CancellationTokenSource();
    }
}
