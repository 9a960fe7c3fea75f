using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudObserve.Logs.Capture;

/// <summary>The logger of one category. Which levels it gets is the logging framework's decision.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class CloudObserveLogger(string category, LogCapture capture, IExternalScopeProvider scopes) : ILogger, IBufferedLogger
{
    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Trace and < LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            capture.Capture(category, logLevel, eventId, state, exception, formatter);
        }
    }

    public void LogRecords(IEnumerable<BufferedLogRecord> records) => capture.CaptureAll(category, records);

    // Used only when somebody holds this logger without the logging framework, which keeps the scopes itself.
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => scopes.Push(state);
}
