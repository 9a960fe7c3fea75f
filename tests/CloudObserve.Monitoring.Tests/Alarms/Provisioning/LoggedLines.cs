using Microsoft.Extensions.Logging;

namespace CloudObserve.Monitoring.Tests.Alarms.Provisioning;

/// <summary>A logger that keeps its lines: the name of the event and the message.</summary>
internal sealed class LoggedLines : ILogger
{
    internal List<string> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Add($"{eventId.Name}: {formatter(state, exception)}");
}
