using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Diagnostics;

/// <summary>A logger factory that keeps what is logged, or throws as a broken provider would.</summary>
internal sealed class CollectingLogger(bool broken = false) : ILoggerFactory, ILoggerProvider, ILogger
{
    internal ConcurrentQueue<(LogLevel Level, EventId Id, string Text)> Entries { get; } = new();

    internal ConcurrentQueue<string> Categories { get; } = new();

    internal IEnumerable<string> At(LogLevel level) => Entries.Where(e => e.Level == level).Select(e => e.Text);

    public ILogger CreateLogger(string categoryName)
    {
        Categories.Enqueue(categoryName);
        return this;
    }

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (broken)
        {
            throw new InvalidOperationException("a broken provider");
        }

        Entries.Enqueue((logLevel, eventId, formatter(state, exception)));
    }

    public void Dispose()
    {
    }
}
