using System.Diagnostics;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline;

namespace CloudObserve.Hosting;

/// <summary>
/// Closes the library when the process ends and nobody has stopped the host: by an exception that nobody catches, by <see cref="Environment.Exit"/>,
/// or because the main method has returned. What can be sent at once is sent, the rest is spooled.
/// </summary>
/// <remarks>Best effort: a stack overflow, a failing fast or a kill leave no time for it, and what lies in memory is lost then.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class CrashGuard : IDisposable
{
    /// <summary>How long a dying process is held up at most for delivering, by all hosts together. Whoever started it may be waiting to start it anew.</summary>
    internal static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    // When the first host of the process began to close; zero before.
    private static long _exitingSince;

    private readonly CloudObserveRuntime _runtime;
    private readonly IDiagnosticEvents _events;

    internal CrashGuard(CloudObserveRuntime runtime, IDiagnosticEvents events)
    {
        (_runtime, _events) = (runtime, events);
        AppDomain.CurrentDomain.UnhandledException += OnUnhandledException;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandledException;
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
    }

    // The process ends when this returns, so this thread, which is lost anyway, waits. It waits by the real clock: no other one can be relied on to go on.
    internal void Close(TimeSpan within)
    {
        // Not disposed of: closing may go on for a moment after it was given up here.
        CancellationTokenSource deadline = new(within);
        try
        {
            _ = _runtime.CloseAsync(deadline.Token).Wait(within + Closing.Grace);
        }
        catch (Exception exception)
        {
            // Where there was an exception before, it is the first that people must see.
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

    // Handlers of several hosts run one after the other.
    private static TimeSpan Left()
    {
        long now = Stopwatch.GetTimestamp();
        long since = Interlocked.CompareExchange(ref _exitingSince, now, 0);
        TimeSpan left = Deadline - (since == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(since, now));
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
