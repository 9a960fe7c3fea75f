using CloudObserve.Delivery;

namespace CloudObserve.Pipeline.Batches;

/// <summary>Shares a batch between its shipment and the attempts that read it, and returns the memory after the last of them.</summary>
/// <remarks>
/// An attempt that timed out may still read the array for a while. Returning the array to the pool at that point would corrupt the data of
/// its next user.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class BatchLease(Batch batch)
{
    // The hold of the shipment itself.
    private int _holds = 1;

    internal Batch Batch { get; } = batch;

    /// <summary>Adds a hold, unless the memory has already been returned.</summary>
    internal bool TryHold()
    {
        int holds = Volatile.Read(ref _holds);
        while (holds > 0)
        {
            int seen = Interlocked.CompareExchange(ref _holds, holds + 1, holds);
            if (seen == holds)
            {
                return true;
            }

            holds = seen;
        }

        return false;
    }

    internal void Release()
    {
        if (Interlocked.Decrement(ref _holds) == 0)
        {
            Batch.Dispose();
        }
    }
}
