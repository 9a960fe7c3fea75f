using CloudObserve.Pipeline;

namespace CloudObserve.Hosting;

/// <summary>Sees the closing of a host through, on a thread of its own, and ends it a little after the deadline, whatever has become of it.</summary>
/// <remarks>
/// The thread waits here for the whole time. A timer would need a thread of the pool, and an application that hangs has often left none: then the
/// deadline would pass unseen.
/// </remarks>
/// <param name="timeout">How long closing may take when no host gives a shorter deadline.</param>
/// <param name="time">The clock.</param>
internal sealed class EndOfHost(TimeSpan timeout, TimeProvider time)
{
    /// <param name="close">Closes everything. Its token is cancelled at the deadline.</param>
    /// <param name="deadline">Cancelled when the host will wait no longer.</param>
    /// <returns>The closing, which has ended, unless it was given up.</returns>
    internal Task Run(Func<CancellationToken, Task> close, CancellationToken deadline)
    {
        // Not disposed of: what was given up may still look at them.
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

    // What is thrown before the first wait becomes the task's too.
    private static async Task CloseAsync(Func<CancellationToken, Task> close, CancellationToken deadline) => await close(deadline).ConfigureAwait(false);

    private bool Wait(Task closing, TimeSpan atMost, CancellationToken deadline)
    {
        try
        {
            if (ReferenceEquals(time, TimeProvider.System))
            {
                return Task.WaitAny([closing], (int)atMost.TotalMilliseconds, deadline) == 0;
            }

            using CancellationTokenSource passed = new(atMost, time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(passed.Token, deadline);
            return Task.WaitAny([closing], Timeout.Infinite, either.Token) == 0;
        }
        catch (OperationCanceledException)
        {
            return closing.IsCompleted;
        }
    }
}
