namespace CloudObserve.Pipeline;

/// <summary>Provides a token that is cancelled after a time, also when the thread pool is exhausted.</summary>
/// <remarks>
/// A timer of the runtime runs on the thread pool. With the system clock, a thread of its own waits here instead. With another clock the
/// clock's timer is used.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class ThreadTimeout : IDisposable
{
    // Never disposed: the thread may still cancel it, and without a timer it holds nothing to release.
    private readonly CancellationTokenSource _source;
    private readonly ManualResetEventSlim? _over;

    internal ThreadTimeout(TimeSpan timeout, TimeProvider time)
    {
        if (!ReferenceEquals(time, TimeProvider.System))
        {
            _source = new CancellationTokenSource(timeout, time);
            return;
        }

        _source = new CancellationTokenSource();
        _over = new ManualResetEventSlim();
        _ = BackgroundLoop.StartThread(() => CancelAfter(timeout));
    }

    internal CancellationToken Token => _source.Token;

    /// <summary>Ends the waiting. The token is not cancelled any more.</summary>
    public void Dispose()
    {
        if (_over is null)
        {
            _source.Dispose();
        }
        else
        {
            _over.Set();
        }
    }

    private void CancelAfter(TimeSpan timeout)
    {
        if (!_over!.Wait(timeout))
        {
            _source.Cancel();
        }
    }
}
