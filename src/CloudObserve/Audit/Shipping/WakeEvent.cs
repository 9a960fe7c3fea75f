namespace CloudObserve.Audit.Shipping;

/// <summary>Wakes a loop.</summary>
/// <remarks>Wake-ups that arrive while the loop is working are combined into one.</remarks>
/// <threadsafety>Safe for concurrent use; one loop waits.</threadsafety>
internal sealed class WakeEvent(TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _set = new(0, 1);
    private readonly Lock _lock = new();

    public void Dispose() => _set.Dispose();

    internal void Set()
    {
        lock (_lock)
        {
            if (_set.CurrentCount == 0)
            {
                _ = _set.Release();
            }
        }
    }

    /// <summary>Waits for the next <see cref="Set"/>.</summary>
    internal Task WaitAsync(CancellationToken cancellationToken) => _set.WaitAsync(cancellationToken);

    /// <summary>Waits for the next <see cref="Set"/>, up to a time limit.</summary>
    internal async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using CancellationTokenSource waited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task set = _set.WaitAsync(waited.Token);
        _ = await Task.WhenAny(set, Task.Delay(atMost, time, waited.Token)).ConfigureAwait(false);
        await waited.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
