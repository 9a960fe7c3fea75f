using CloudObserve.Audit.Shipping;

namespace CloudObserve.Audit;

/// <summary>
/// Passes the progress of a trail on: to the destinations to which the trail is shipped, and to its maintenance, which seals the records.
/// </summary>
/// <param name="shippings">The destinations.</param>
/// <param name="sealBytes">The number of unsealed bytes at which the maintenance is woken.</param>
/// <param name="time">The clock.</param>
/// <threadsafety>Safe for concurrent use. Only the maintenance waits.</threadsafety>
internal sealed class TrailProgress(IReadOnlyList<ITrailShipping> shippings, long sealBytes, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _wake = new(0);

    // A timestamp. The committer reads it; the maintenance writes it.
    private long _quietUntil;

    public void Dispose() => _wake.Dispose();

    /// <summary>Notifies that a group of records is on disk.</summary>
    /// <param name="newest">The number of the newest record.</param>
    /// <param name="unsealedBytes">The number of bytes that are not sealed yet.</param>
    internal void Committed(long newest, long unsealedBytes)
    {
        foreach (ITrailShipping shipping in shippings)
        {
            shipping.Committed(newest);
        }

        if (unsealedBytes >= sealBytes && _wake.CurrentCount == 0 && time.GetTimestamp() >= Interlocked.Read(ref _quietUntil))
        {
            _ = _wake.Release();
        }
    }

    /// <summary>Notifies that a file has been completed.</summary>
    internal void Finished()
    {
        foreach (ITrailShipping shipping in shippings)
        {
            shipping.Finished();
        }
    }

    /// <summary>Completes when there are enough bytes to seal.</summary>
    internal Task WaitForBytesAsync(CancellationToken cancellationToken) => _wake.WaitAsync(cancellationToken);

    /// <summary>Prevents waking until a timestamp, because sealing has failed.</summary>
    internal void StayQuietUntil(long timestamp) => _ = Interlocked.Exchange(ref _quietUntil, timestamp);
}
