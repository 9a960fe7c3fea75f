using System.Diagnostics.CodeAnalysis;
using CloudObserve.Delivery;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Pipeline.Spooling;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>The state of a shipment's delivery: what is left of its batch, and what has become of its attempts.</summary>
/// <threadsafety>
/// Accessed only by the shipment's own flow; before its turn, by the thread that adds it to the queue.
/// </threadsafety>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "The source owns no timer or wait handle, and may be cancelled after the shipment's end.")]
internal sealed class ShipmentRun
{
    private readonly Stack<BatchLease> _parts = new();
    private int _spilling;

    /// <param name="batch">The batch, of which the shipment takes ownership.</param>
    /// <param name="entry">The spool file of the batch, if it was read from the spool.</param>
    internal ShipmentRun(Batch batch, SpoolEntry? entry)
    {
        Entry = entry;
        _parts.Push(new BatchLease(batch));
    }

    /// <summary>Gets or sets the spool file of the batch, if there is one.</summary>
    internal SpoolEntry? Entry { get; set; }

    /// <summary>Gets a value indicating whether the batch was split, so that its file contains more than is left to deliver.</summary>
    internal bool IsSplit { get; private set; }

    /// <summary>Gets or sets a value indicating whether any part of the batch was delivered.</summary>
    internal bool HasArrived { get; set; }

    internal int Failures { get; set; }

    internal int PoisonItems { get; set; }

    internal TimeSpan Latency { get; set; }

    /// <summary>Gets the part that is delivered now; <see langword="null"/> if every part is settled.</summary>
    internal BatchLease? Current => _parts.TryPeek(out BatchLease? part) ? part : null;

    /// <summary>Gets the source that interrupts this run.</summary>
    /// <remarks>Replaced only by the shipment's own flow, under the delivery queue's lock, after it was cancelled for a RetryNow.</remarks>
    internal CancellationTokenSource InterruptSource { get; private set; } = new();

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

    /// <summary>
    /// Acquires the right to write the shipment to disk. A host's own pipeline may hedge, so two attempts may fail at once.
    /// </summary>
    internal bool TryBeginSpill() => Interlocked.Exchange(ref _spilling, 1) == 0;

    /// <summary>Returns the right to write the shipment to disk, because writing it failed.</summary>
    internal void ReturnSpill() => Volatile.Write(ref _spilling, 0);

    /// <summary>Settles the current part, whatever its outcome.</summary>
    internal void SettlePart()
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
        SettlePart();
        _parts.Push(second);
        _parts.Push(first);
        IsSplit = true;
    }

    /// <summary>Replaces the source that was cancelled. Called under the delivery queue's lock.</summary>
    internal void Renew() => InterruptSource = new CancellationTokenSource();
}
