namespace CloudObserve.Pipeline.Delivery;

/// <summary>Shares a batch between its shipment and the attempts that read it, and gives the memory back after the last of them.</summary>
/// <remarks>An attempt that ran out of time may go on reading for a while; returning its array to the pool then would corrupt someone else's data.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class BatchLease(Batch batch)
{
    // The shipment's own hold.
    private int _holds = 1;

    internal Batch Batch { get; } = batch;

    /// <summary>Adds a hold unless the memory is gone already.</summary>
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
