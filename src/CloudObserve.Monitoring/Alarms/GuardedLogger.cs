using Microsoft.Extensions.Logging;

namespace CloudObserve.Monitoring.Alarms;

/// <summary>Passes messages to a logger of the application, and survives its exceptions.</summary>
/// <remarks>
/// The providers of a logger are the application's. One that throws must end neither an evaluation nor the delivery of notifications.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class GuardedLogger(ILogger logger) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return logger.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            // Nobody can be told, because the logger itself fails.
            return false;
        }
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            logger.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // Nobody can be told, because the logger itself fails. Its other providers have received the message.
            return;
        }
    }
}
