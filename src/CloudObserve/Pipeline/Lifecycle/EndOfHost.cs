namespace CloudObserve.Pipeline.Lifecycle;

/// <summary>Runs the closing of a host on a dedicated thread and stops waiting for it shortly after the deadline.</summary>
/// <remarks>
/// The calling thread blocks for the whole time. A timer would need a pool thread, and in an application that hangs the pool is often
/// exhausted, so the deadline would pass unnoticed.
/// </remarks>
/// <param name="timeout">The longest time for closing when the host gives no shorter deadline.</param>
/// <param name="time">The clock.</param>
internal sealed class EndOfHost(TimeSpan timeout, TimeProvider time)
{
    /// <param name="close">Closes everything. Its token is cancelled at the deadline.</param>
    /// <param name="deadline">Cancelled when the host stops waiting.</param>
    /// <returns>The closing task. It is completed unless it was abandoned.</returns>
    internal Task Run(Func<CancellationToken, Task> close, CancellationToken deadline)
    {
        // Not disposed, because an abandoned closing may still use the tokens.
        CancellationTokenSource ownDeadline = new();
        CancellationTokenSource first = CancellationTokenSource.CreateLinkedTokenSource(deadline, ownDeadline.Token);
        Task closing = CloseAsync(close, first.Token);
        if (!Wait(closing, timeout, deadline))
        {
            ownDeadline.Cancel();
            _ = Wait(closing, Closing.Grace, CancellationToken.None);
        }

        return closing;
    }

    // An exception that is thrown before the first await becomes the task's exception too.
    private static async Task CloseAsync(Func<CancellationToken, Task> close, CancellationToken deadline) => await close(deadline).Inline();

    private bool Wait(Task closing, TimeSpan atMost, CancellationToken deadline)
    {
        try
        {
            if (ReferenceEquals(time, TimeProvider.System))
            {
                return Task.WaitAny([closing], (int)atMost.TotalMilliseconds, deadline) == 0;
            }

            using CancellationTokenSource passed = new(atMost, time);
            using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(passed.Token, deadline);
            return Task.WaitAny([closing], Timeout.Infinite, linked.Token) == 0;
        }
        catch (OperationCanceledException)
        {
            return closing.IsCompleted;
        }
    }
}
