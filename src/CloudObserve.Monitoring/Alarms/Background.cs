namespace CloudObserve.Monitoring.Alarms;

/// <summary>Starts work on the thread pool, outside of the caller's <see cref="ExecutionContext"/>.</summary>
/// <remarks>The caller may be a request of the application, whose state and activity the work must not keep.</remarks>
internal static class Background
{
    /// <summary>Starts work.</summary>
    /// <param name="work">The work.</param>
    /// <returns>A task that completes when the work has ended.</returns>
    internal static Task Start(Func<Task> work)
    {
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
