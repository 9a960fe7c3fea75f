namespace CloudObserve.Sinks.CloudWatch;

/// <summary>Creates an object once, on first use. Concurrent callers share the attempt; a failed attempt is not kept.</summary>
/// <remarks>
/// The factory runs on its own thread without the caller's execution context, because it may wait for a metadata service, which must not
/// block the thread pool or appear in the caller's activity.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class SharedCreation<T>(Func<T> factory)
    where T : class
{
    private readonly Lock _lock = new();
    private Task<T>? _attempt;

    /// <summary>Gets the object if it has been created.</summary>
    internal T? Existing => _attempt is { IsCompletedSuccessfully: true } attempt ? attempt.GetAwaiter().GetResult() : null;

    internal Task<T> GetAsync(CancellationToken cancellationToken)
    {
        Task<T> attempt;
        lock (_lock)
        {
            if (_attempt is null or { IsFaulted: true } or { IsCanceled: true })
            {
                _attempt = Start();
            }

            attempt = _attempt;
        }

        return attempt.IsCompletedSuccessfully ? attempt : attempt.WaitAsync(cancellationToken);
    }

    private Task<T> Start()
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Factory.StartNew(
                factory, CancellationToken.None, TaskCreationOptions.LongRunning
                | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        }
    }
}
