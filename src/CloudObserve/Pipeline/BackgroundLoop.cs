namespace CloudObserve.Pipeline;

/// <summary>Starts all background work of the library.</summary>
internal static class BackgroundLoop
{
    /// <summary>Starts work on the thread pool, outside the caller's <see cref="ExecutionContext"/> and scheduler.</summary>
    /// <param name="work">The work. It must not throw, because the task may never be awaited.</param>
    /// <returns>A task that completes when the work has ended.</returns>
    internal static Task Start(Func<Task> work) => Start(work, Queue);

    /// <summary>Runs work on a dedicated thread, outside the caller's <see cref="ExecutionContext"/>.</summary>
    /// <param name="work">The work. It must not throw, because the task may never be awaited.</param>
    /// <returns>A task that completes when the work has ended.</returns>
    /// <remarks>The work does not wait for a free thread of the pool.</remarks>
    internal static Task StartThread(Action work) => Start(work, static work =>
        Task.Factory.StartNew(
            work, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default));

    /// <summary>Starts work on the calling thread, outside its <see cref="ExecutionContext"/>.</summary>
    /// <param name="work">The work, which waits before it does anything. It must not throw, because the task may never be awaited.</param>
    /// <returns>A task that completes when the work has ended.</returns>
    internal static Task StartHere(Func<Task> work) => Start(work, static work => work());

    private static Task Start<T>(T work, Func<T, Task> begin)
    {
        // The caller is often a request of the application. Its context would keep the request's state alive as long as the worker lives,
        // and would attach the request's activity and scopes to unrelated calls. Suppressing the flow twice throws, hence the check.
        if (ExecutionContext.IsFlowSuppressed())
        {
            return begin(work);
        }

        using (ExecutionContext.SuppressFlow())
        {
            return begin(work);
        }
    }

    private static Task Queue(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
}
