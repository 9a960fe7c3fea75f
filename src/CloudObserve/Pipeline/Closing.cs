namespace CloudObserve.Pipeline;

/// <summary>Limits the waits during a close to the deadline plus a grace period.</summary>
internal static class Closing
{
    /// <summary>The time that a close may take after its deadline, so that undelivered data can be written to disk.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Awaits a task without the thread pool.</summary>
    /// <param name="task">The task to wait for.</param>
    /// <param name="suppressesThrowing">Whether an exception or a cancellation of the task is ignored.</param>
    /// <returns>An awaiter that continues on the thread that completes the task.</returns>
    internal static InlineAwaiter Inline(this Task task, bool suppressesThrowing = false) => new(task, suppressesThrowing);

    /// <summary>
    /// Waits for work that may depend on application code and may never end; at most until <see cref="Grace"/> after the deadline.
    /// </summary>
    /// <param name="work">The work to wait for.</param>
    /// <param name="time">The clock for the time after the deadline.</param>
    /// <param name="deadline">Cancelled when the host's deadline passes.</param>
    /// <returns>Whether the work has ended. An exception of the work is rethrown.</returns>
    internal static Task<bool> EndsAsync(this Task work, TimeProvider time, CancellationToken deadline) =>
        work.EndsAsync(time, Grace, deadline);

    /// <summary>
    /// Waits for work that may depend on application code and may never end; at most until a grace period after the deadline.
    /// </summary>
    /// <param name="work">The work to wait for.</param>
    /// <param name="time">The clock for the time after the deadline.</param>
    /// <param name="grace">The time to wait after the deadline.</param>
    /// <param name="deadline">Cancelled when the host's deadline passes.</param>
    /// <returns>Whether the work has ended. An exception of the work is rethrown.</returns>
    internal static async Task<bool> EndsAsync(this Task work, TimeProvider time, TimeSpan grace, CancellationToken deadline)
    {
        try
        {
            await work.WaitAsync(deadline).Inline();
            return true;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !work.IsCanceled)
        {
            // The deadline has passed; the grace period begins.
        }

        using ThreadTimeout over = new(grace, time);
        try
        {
            await work.WaitAsync(over.Token).Inline();
            return true;
        }
        catch (OperationCanceledException) when (over.Token.IsCancellationRequested && !work.IsCompleted)
        {
            return false;
        }
    }
}
