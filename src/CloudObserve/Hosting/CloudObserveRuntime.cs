using CloudObserve.Delivery;
using CloudObserve.Pipeline;
using CloudObserve.Pipeline.Lifecycle;

namespace CloudObserve.Hosting;

/// <summary>Shows the application the running library, and closes it with the host's services.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class CloudObserveRuntime(SignalLifecycle signals, StatusReader status) : ICloudObserve, IAsyncDisposable, IDisposable
{
    public IReadOnlyDictionary<string, LedgerSnapshot> Ledgers => signals.Ledgers;

    public CloudObserveStatus GetStatus() => status.Read();

    public async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        // Inline, because the thread pool may be exhausted.
        Task<bool> flushing = signals.FlushAsync(cancellationToken);
        await flushing.Inline();
        return new FlushResult(await flushing.ConfigureAwait(false), Ledgers);
    }

    public async ValueTask DisposeAsync() => await CloseAsync(CancellationToken.None).ConfigureAwait(false);

    public void Dispose()
    {
        // Only a provider that is disposed synchronously reaches this with work left to do. Blocking this thread until the deadline is
        // better than losing the buffered data. It cannot deadlock: the work captures no synchronization context.
        CloseAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="SignalLifecycle.Start"/>
    internal void Start() => signals.Start();

    /// <inheritdoc cref="SignalLifecycle.CloseAsync"/>
    internal Task CloseAsync(CancellationToken deadline) => signals.CloseAsync(deadline);
}
