using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using CloudObserve.Pipeline.Spooling;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>One enqueued batch on its way, together with the halves it falls into.</summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "The interrupter owns neither timer nor wait handle, and who is about to cancel it may come after the shipment's end.")]
[DebuggerDisplay("{Sequence}: {State}, {Header.Operation} to {Header.Destination}")]
internal sealed class Shipment
{
    // What is too old by the clock alone is kept for so long, to be sent all the same: the clock may be wrong, and is mostly mended within a day.
    private static readonly TimeSpan OverduePatience = TimeSpan.FromDays(1);

    // Used only by the shipment's own flow; before that flow begins, by whoever holds the gate's lock.
    private readonly Stack<BatchLease> _parts = new();

    // Replaced only by the shipment's own flow, under the gate's lock, after it was cancelled for a Hurry.
    private CancellationTokenSource _interrupter = new();
    private int _spilling;
    private int _isFlowTaken;

    /// <param name="batch">The batch, which the shipment takes over.</param>
    /// <param name="entry">The file in which it lies, if it comes from the spool.</param>
    internal Shipment(Batch batch, SpoolEntry? entry = null)
    {
        Entry = entry;
        Header = batch.Header;
        _parts.Push(new BatchLease(batch));
        Node = new LinkedListNode<Shipment>(this);
    }

    internal BatchHeader Header { get; }

    /// <summary>Gets when the pipeline took it, as a timestamp. Ages are counted from here: a timestamp does not jump when the clock is set.</summary>
    internal long TakenAt { get; private set; }

    /// <summary>Gets how old it was by the clock when it was taken: what comes back from disk has waited before.</summary>
    internal TimeSpan AgeWhenTaken { get; private set; }

    /// <summary>Gets how long after <see cref="TakenAt"/> it is given up as too old.</summary>
    internal TimeSpan Patience { get; private set; }

    /// <summary>Gets a value indicating whether it came back from disk and was too old by the clock then. The clock may be wrong, so the service is asked.</summary>
    /// <remarks>What has just been encoded is too old only in single items, which are searched for when the service refuses the batch.</remarks>
    internal bool IsOverdue { get; private set; }

    // Guarded by the gate's lock.
    internal LinkedListNode<Shipment> Node { get; }

    internal DeliveryLane? Lane { get; set; }

    /// <summary>Gets or sets a value indicating whether no flush waits for it any more: it lies on disk.</summary>
    internal bool IsTicketSettled { get; set; }

    internal long Sequence { get; set; }

    internal ShipmentState State { get; set; }

    internal Interruption Interruption { get; set; }

    /// <summary>Gets or sets what is counted against the buffer for this shipment at the moment.</summary>
    internal long WaitingBytes { get; set; }

    /// <summary>Gets or sets the bytes it had when it was taken over.</summary>
    internal long OutstandingBytes { get; set; }

    /// <summary>Gets or sets a value indicating whether the slot it was started with is still unused.</summary>
    internal bool HasReservedSlot { get; set; }

    /// <summary>Gets or sets how many attempts are under way; a host's own pipeline may hedge, so more than one is possible.</summary>
    internal int ActiveAttempts { get; set; }

    /// <summary>Gets or sets the pause that has been drawn; the longest possible while none has been, or when a host's own pipeline draws it.</summary>
    /// <remarks>
    /// Set under the gate's lock when a pause begins and by the shipment's own flow once it is known. A flush that reads the older value takes
    /// the pause for long and cuts it short, which is the harmless error.
    /// </remarks>
    internal TimeSpan Pause { get; set; } = TimeSpan.MaxValue;

    // Used only by the shipment's own flow. Before that flow begins, and after an eviction, by whoever took it out of the queue.
    internal SpoolEntry? Entry { get; set; }

    /// <summary>Gets a value indicating whether it has fallen into parts, so that its file holds more than is left.</summary>
    internal bool IsSplit { get; private set; }

    /// <summary>Gets or sets a value indicating whether something of it arrived.</summary>
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

    /// <summary>Reads from the clock how long the service will accept it. This is the only reading: from here on only the time that passes counts.</summary>
    /// <remarks>Call it once, before the shipment is shared.</remarks>
    internal void BeginAge(TimeProvider time)
    {
        DateTimeOffset now = time.GetUtcNow();
        TimeSpan left = Header.AcceptableUntil - now;
        TakenAt = time.GetTimestamp();
        AgeWhenTaken = Entry is not null && now > Header.CreatedAt ? now - Header.CreatedAt : TimeSpan.Zero;
        IsOverdue = Entry is not null && left <= TimeSpan.Zero;
        Patience = left > TimeSpan.Zero ? left : OverduePatience;
    }

    /// <summary>Asks for the one attempt to write it to disk. A host's own pipeline may hedge, so two attempts may fail at once.</summary>
    internal bool TryBeginSpill() => Interlocked.Exchange(ref _spilling, 1) == 0;

    /// <summary>Asks to carry the shipment to its end. Only the first who asks may: its own flow, or who gives it up before that flow has begun.</summary>
    internal bool TryTakeFlow() => Interlocked.Exchange(ref _isFlowTaken, 1) == 0;

    internal void EndSpill() => Volatile.Write(ref _spilling, 0);

    /// <summary>The current part is done with, whatever came of it.</summary>
    internal void EndPart()
    {
        _parts.Pop().Release();
        Failures = 0;
    }

    /// <summary>Replaces the current part by its halves, the first of them next.</summary>
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

    /// <summary>Notes why the shipment is called out of its pause or request.</summary>
    /// <returns>What to cancel, outside the lock. It is bound to this run of the shipment: cancelled late, it does not hit the next one.</returns>
    internal CancellationTokenSource Interrupt_NeedsLock(Interruption why)
    {
        Interruption = why > Interruption ? why : Interruption;
        return _interrupter;
    }

    /// <summary>Makes a hurried shipment ready to run again.</summary>
    internal void Renew_NeedsLock()
    {
        Interruption = Interruption.None;

        _interrupter = new CancellationTokenSource();
    }
}
