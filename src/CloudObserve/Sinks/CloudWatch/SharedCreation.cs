namespace CloudObserve.Sinks.CloudWatch;

/// <summary>Makes something slow once, when it is first needed. Callers that come meanwhile share the attempt; a failed one is not kept.</summary>
/// <remarks>
/// The factory runs on a thread of its own without the caller's execution context, since it may wait for a metadata service, and neither the
/// thread pool nor the caller's activity has to do with that.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class SharedCreation<T>(Func<T> factory)
    where T : class
{
    private readonly Lock _gate = new();
    private Task<T>? _attempt;

    /// <summary>Gets the thing if it has been made.</summary>
    internal T? Existing => _attempt is { IsCompletedSuccessfully: true } attempt ? attempt.GetAwaiter().GetResult() : null;

    internal Task<T> GetAsync(CancellationToken cancellationToken)
    {
        Task<T> attempt;
        lock (_gate)
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
                factory, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        }
    }
}
