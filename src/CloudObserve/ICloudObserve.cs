using CloudObserve.Pipeline.Delivery;

namespace CloudObserve;

/// <summary>The running library of a host: its books, and the way to flush it.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
public interface ICloudObserve
{
    /// <summary>Gets the books of every signal that exists, by its name (<c>metrics</c>, <c>logs</c>, <c>audit</c>), at this moment.</summary>
    IReadOnlyDictionary<string, LedgerSnapshot> Ledgers { get; }

    /// <summary>Gets how the library stands at this moment: the books, queues and spool of each signal, health with its reasons, metric filters and the latest errors.</summary>
    /// <returns>What is known; nothing is sent for it.</returns>
    CloudObserveStatus GetStatus();

    /// <summary>Sends what was accepted before this call and waits until all of it is delivered, kept on disk, or lost.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the sending.</param>
    /// <returns>The books afterwards, and whether the flush completed before it was cancelled.</returns>
    ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default);
}
