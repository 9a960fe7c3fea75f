using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudObserve.Logs.Capture;

/// <summary>Captures the log calls of one category.</summary>
/// <remarks>The logging framework decides which levels it receives.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class CloudObserveLogger(string category, LogCapture capture, IExternalScopeProvider scopes) : ILogger, IBufferedLogger
{
    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Trace and < LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            capture.Capture(category, logLevel, eventId, state, exception, formatter);
        }
    }

    public void LogRecords(IEnumerable<BufferedLogRecord> records) => capture.CaptureAll(category, records);

    // Used only when the application uses this logger directly. The logging framework keeps the scopes itself.
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => scopes.Push(state);
}
