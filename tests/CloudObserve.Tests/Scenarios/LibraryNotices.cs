using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Scenarios;

/// <summary>Keeps what the library itself logs.</summary>
internal sealed class LibraryNotices : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _messages = new();

    internal IReadOnlyCollection<string> Messages => _messages;

    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("CloudObserve", StringComparison.Ordinal)
            ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _messages.Enqueue(formatter(state, exception));

    public void Dispose()
    {
    }
}
