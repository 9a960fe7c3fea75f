using CloudObserve.Diagnostics;

namespace CloudObserve.Hosting;

/// <summary>Closes the library when an exception that nobody catches ends the process: what can be sent at once is sent, the rest is spooled.</summary>
/// <remarks>Best effort: a stack overflow, a failing fast or a kill leave no time for it, and what lies in memory is lost then.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class CrashGuard : IDisposable
{
    /// <summary>How long a dying process is held up at most. Whoever started it may be waiting to start it anew.</summary>
    internal static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    private readonly CloudObserveRuntime _runtime;
    private readonly IDiagnosticEvents _events;
    private readonly TimeProvider _time;

    internal CrashGuard(CloudObserveRuntime runtime, IDiagnosticEvents events, TimeProvider time)
    {
        (_runtime, _events, _time) = (runtime, events, time);
        AppDomain.CurrentDomain.UnhandledException += OnUnhandledException;
    }

    public void Dispose() => AppDomain.CurrentDomain.UnhandledException -= OnUnhandledException;

    // The process ends when this returns, so this thread, which is lost anyway, waits.
    internal void Close()
    {
        using CancellationTokenSource deadline = new(Deadline, _time);
        try
        {
            _runtime.CloseAsync(deadline.Token).GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            // It is the first exception that people must see.
            _events.InternalError("closing after an unhandled exception", exception);
        }
    }

    private void OnUnhandledException(object sender, UnhandledExceptionEventArgs args)
    {
        if (args.IsTerminating)
        {
            Close();
        }
    }
}
