namespace CloudObserve.Pipeline;

/// <summary>The one place that starts work of the library's own.</summary>
internal static class BackgroundLoop
{
    /// <summary>Starts work on the thread pool, outside the caller's <see cref="ExecutionContext"/> and scheduler.</summary>
    /// <param name="work">What to do. It must not throw: nobody may be looking at the task.</param>
    /// <returns>The work's end.</returns>
    internal static Task Start(Func<Task> work) => Start(work, Queue);

    /// <summary>Runs work on a thread of its own, outside the caller's <see cref="ExecutionContext"/>, so that it does not wait for a free thread of the pool.</summary>
    /// <param name="work">What to do. It must not throw: nobody may be looking at the task.</param>
    /// <returns>The work's end.</returns>
    internal static Task StartThread(Action work) => Start(work, static work =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default));

    private static Task Start<T>(T work, Func<T, Task> begin)
    {
        // The caller is often a request of the application. Its context would keep the request's state alive as long as the worker lives, and
        // would put the request's activity and scopes on calls that have nothing to do with it. Suppressing twice throws, hence the check.
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
