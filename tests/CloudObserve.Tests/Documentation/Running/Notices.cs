using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Documentation.Running;

/// <summary>Keeps what is logged in an application.</summary>
internal sealed class Notices : ILoggerProvider
{
    private const string Library = "CloudObserve";
    private const string Host = "Microsoft";
    private const int StoppedComplete = 402;
    private const int StoppedWithIntendedLoss = 404;

    private readonly ConcurrentQueue<(string Category, LogLevel Level, int Id, string Text)> _all = new();

    /// <summary>
    /// Gets the messages that must not occur: warnings of the library, and errors of the host. The application's own messages do not count.
    /// </summary>
    internal IEnumerable<string> Complaints => _all
        .Where(n => Is(n.Category, Library) ? n.Level >= LogLevel.Warning : Is(n.Category, Host) && n.Level >= LogLevel.Error)
        .Select(n => $"{n.Category}[{n.Id}]: {n.Text}");

    /// <summary>Gets the library's messages at its end about signals without a loss.</summary>
    internal IEnumerable<string> Ends => _all.Where(n => n.Id is StoppedComplete or StoppedWithIntendedLoss).Select(n => n.Text);

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    public void Dispose()
    {
    }

    private static bool Is(string category, string author) => category.StartsWith(author, StringComparison.Ordinal);

    private sealed class Writer(Notices notices, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            string text = exception is null
                ? formatter(state, exception) : $"{formatter(state, exception)} {exception.GetType().Name}: {exception.Message}";
            notices._all.Enqueue((category, logLevel, eventId.Id, text));
        }
    }
}
