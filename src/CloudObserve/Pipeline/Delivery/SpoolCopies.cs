using CloudObserve.Delivery;
using CloudObserve.Pipeline.Spooling;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Copies the batches that earlier processes left in the spool, each of them once, whatever becomes of its delivery.</summary>
/// <remarks>
/// A file is copied when its batch is read back for delivery, and otherwise in the background: while the destination is down, the delivery
/// reads hardly any file. Whoever has read a file acquires the right to copy it. So no file is copied twice, and none is deleted uncopied.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class SpoolCopies(BatchSpool spool, CopyDelivery copies)
{
    /// <summary>Starts copying what earlier processes left, if there is anything.</summary>
    internal void Start()
    {
        if (spool.Uncopied() is { Count: > 0 } entries)
        {
            copies.RunInBackground(cancellationToken => RunAsync(entries, cancellationToken));
        }
    }

    /// <summary>Copies a batch that was read from the file of an entry.</summary>
    /// <param name="entry">The entry. If this process wrote it, or has copied it, nothing happens.</param>
    /// <param name="batch">Its batch; the caller keeps ownership.</param>
    internal void Copy(SpoolEntry entry, Batch batch)
    {
        if (spool.TryBeginCopy(entry))
        {
            copies.TakeOver(batch);
        }
    }

    // One at a time: the copies of a large spool must not fill the buffer of those of new batches.
    private async Task RunAsync(IReadOnlyList<SpoolEntry> entries, CancellationToken cancellationToken)
    {
        foreach (SpoolEntry entry in entries)
        {
            if (spool.TryPeek(entry) is { } batch)
            {
                Copy(entry, batch);
                batch.Dispose();
                await copies.WhenSettledAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
