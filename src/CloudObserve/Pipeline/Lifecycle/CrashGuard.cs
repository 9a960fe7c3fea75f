using System.Diagnostics;
using CloudObserve.Diagnostics;

namespace CloudObserve.Pipeline.Lifecycle;

/// <summary>
/// Closes the library when the process ends without a stop of the host: after an unhandled exception, by <see cref="Environment.Exit"/>, or
/// when the main method returns.
/// </summary>
/// <remarks>
/// Data that can be sent at once is sent; the rest is spooled. This is best effort. A stack overflow,
/// <see cref="Environment.FailFast(string)"/> or a kill leaves no time to close, and the data in memory is lost.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class CrashGuard : IDisposable
{
    /// <summary>The longest time for which all hosts together delay the end of the process.</summary>
    /// <remarks>A supervisor may be waiting to restart it.</remarks>
    internal static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    // The time at which the first host of the process began to close; zero before.
    private static long _exitingSince;

    private readonly Func<CancellationToken, Task> _close;
    private readonly IDiagnosticEvents _events;

    /// <param name="close">Closes the library. The token is cancelled at the deadline.</param>
    /// <param name="events">Receives reports.</param>
    internal CrashGuard(Func<CancellationToken, Task> close, IDiagnosticEvents events)
    {
        (_close, _events) = (close, events);
        AppDomain.CurrentDomain.UnhandledException += OnUnhandledException;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandledException;
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
    }

    // The process ends when this method returns, so blocking this thread costs nothing. It waits by the real clock, because another clock
    // may have stopped.
    internal void Close(TimeSpan within)
    {
        // Not disposed, because closing may continue for a moment after this method has stopped waiting for it.
        CancellationTokenSource deadline = new(within);
        try
        {
            _ = _close(deadline.Token).Wait(within + Closing.Grace);
        }
        catch (Exception exception)
        {
            // If an exception ended the process, that exception must be the one that is seen, so this one is only reported.
            _events.InternalError("closing at the end of the process", exception);
        }
    }

    private void OnUnhandledException(object sender, UnhandledExceptionEventArgs args)
    {
        if (args.IsTerminating)
        {
            Close(Left());
        }
    }

    private void OnProcessExit(object? sender, EventArgs args) => Close(Left());

    // The handlers of several hosts run one after the other and share the time.
    private static TimeSpan Left()
    {
        long now = Stopwatch.GetTimestamp();
        long since = Interlocked.CompareExchange(ref _exitingSince, now, 0);
        TimeSpan left = Deadline - (since == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(since, now));
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
