using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Monitoring.Tests.Hosting;

/// <summary>Keeps the messages of the alarms' category.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<(EventId Id, string Text)> _lines = new();

    /// <summary>Gets the messages of all categories.</summary>
    internal ConcurrentQueue<string> All { get; } = new();

    internal IEnumerable<string> Texts => _lines.Select(static line => line.Text);

    internal IEnumerable<string> Of(string eventName) => _lines.Where(line => line.Id.Name == eventName).Select(static line => line.Text);

    public ILogger CreateLogger(string categoryName) => new Logger(All, categoryName == Monitoring.Alarms.Log.Category ? _lines : null);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<string> all, ConcurrentQueue<(EventId Id, string Text)>? lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            string text = formatter(state, exception);
            all.Enqueue($"{text} {exception}");
            lines?.Enqueue((eventId, text));
        }
    }
}
