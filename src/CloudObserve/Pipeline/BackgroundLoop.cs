namespace CloudObserve.Pipeline;

/// <summary>The one place that starts work of the library's own.</summary>
internal static class BackgroundLoop
{
    /// <summary>Starts work on the thread pool, outside the caller's <see cref="ExecutionContext"/> and scheduler.</summary>
    /// <param name="work">What to do. It must not throw: nobody may be looking at the task.</param>
    /// <returns>The work's end.</returns>
    internal static Task Start(Func<Task> work)
    {
        // The caller is often a request of the application. Its context would keep the request's state alive as long as the worker lives, and
        // would put the request's activity and scopes on calls that have nothing to do with it. Suppressing twice throws, hence the check.
        if (ExecutionContext.IsFlowSuppressed())
        {
            return Queue(work);
        }

        using (ExecutionContext.SuppressFlow())
        {
            return Queue(work);
        }
    }

    private static Task Queue(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
}
