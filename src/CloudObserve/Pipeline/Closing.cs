namespace CloudObserve.Pipeline;

/// <summary>Waiting on the way of a close: never for longer than the deadline and a little, whatever is waited for.</summary>
internal static class Closing
{
    /// <summary>How long a close may take after its deadline has passed. It is meant for writing to disk what could not be delivered.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Waits for work that may depend on code of the application, and so may never end; after the deadline for <see cref="Grace"/>.</summary>
    /// <param name="work">What to wait for.</param>
    /// <param name="time">The clock that measures the time after the deadline.</param>
    /// <param name="deadline">Cancelled when the host will wait no longer.</param>
    /// <returns>Whether the work has ended. A fault of the work is thrown.</returns>
    internal static Task<bool> EndsAsync(this Task work, TimeProvider time, CancellationToken deadline) => work.EndsAsync(time, Grace, deadline);

    /// <summary>Waits for work that may depend on code of the application, and so may never end.</summary>
    /// <param name="work">What to wait for.</param>
    /// <param name="time">The clock that measures the time after the deadline.</param>
    /// <param name="grace">How long to wait after the deadline.</param>
    /// <param name="deadline">Cancelled when the host will wait no longer.</param>
    /// <returns>Whether the work has ended. A fault of the work is thrown.</returns>
    internal static async Task<bool> EndsAsync(this Task work, TimeProvider time, TimeSpan grace, CancellationToken deadline)
    {
        try
        {
            await work.WaitAsync(deadline).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !work.IsCanceled)
        {
            // The deadline: a little longer, then.
        }

        using CancellationTokenSource over = new(grace, time);
        try
        {
            await work.WaitAsync(over.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !work.IsCompleted)
        {
            return false;
        }
    }
}
