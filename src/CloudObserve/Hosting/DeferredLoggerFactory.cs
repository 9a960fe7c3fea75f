using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudObserve.Hosting;

/// <summary>
/// Gives loggers that find the host's logger factory when they first have something to say. The library is itself part of that factory: asking
/// for it while it is being made would go in a circle.
/// </summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class DeferredLoggerFactory(IServiceProvider services) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new DeferredLogger(services, categoryName);

    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("Providers are added to the host's own logger factory.");

    // The host's factory belongs to the host.
    public void Dispose()
    {
    }

    private sealed class DeferredLogger(IServiceProvider services, string category) : ILogger
    {
        // Two threads may both look it up; they find equal loggers.
        private ILogger? _logger;

        private ILogger Logger => Volatile.Read(ref _logger) ?? Find();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => Logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => Logger.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Logger.Log(logLevel, eventId, state, exception, formatter);

        private ILogger Find()
        {
            ILogger found = services.GetService<ILoggerFactory>()?.CreateLogger(category) ?? NullLogger.Instance;
            Volatile.Write(ref _logger, found);
            return found;
        }
    }
}
