using CloudObserve.Delivery;

namespace CloudObserve;

/// <summary>Provides the counts and the state of the running library, and flushes it.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
public interface ICloudObserve
{
    /// <summary>Gets the current counts of every signal, by its name (<c>metrics</c>, <c>logs</c>, <c>audit</c>, or the name of a delivery
    /// channel).</summary>
    IReadOnlyDictionary<string, LedgerSnapshot> Ledgers { get; }

    /// <summary>
    /// Returns the current state: counts, queue and spool of each signal, health with its reasons, metric filters and the latest errors.
    /// </summary>
    /// <returns>The state. Nothing is sent to determine it.</returns>
    CloudObserveStatus GetStatus();

    /// <summary>Sends everything accepted before this call and waits until it is delivered, stored on disk, or lost.</summary>
    /// <param name="cancellationToken">Ends the wait, not the sending.</param>
    /// <returns>The counts after the flush, and whether the flush completed before it was cancelled.</returns>
    ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default);
}
