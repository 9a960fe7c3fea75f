using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudObserve.Hosting;

/// <summary>Creates loggers that look up the host's logger factory at their first message.</summary>
/// <remarks>The library is part of that factory, so resolving the factory while it is being created would be circular.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class DeferredLoggerFactory(IServiceProvider services) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new DeferredLogger(services, categoryName);

    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("Providers are added to the host's own logger factory.");

    // The host owns its factory, so it is not disposed here.
    public void Dispose()
    {
    }

    private sealed class DeferredLogger(IServiceProvider services, string category) : ILogger
    {
        // Two threads may both look up the logger. Both find an equivalent one, so the race is harmless.
        private ILogger? _logger;

        private ILogger Logger => Volatile.Read(ref _logger) ?? Find();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => Logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => Logger.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Logger.Log(logLevel, eventId, state, exception, formatter);

        private ILogger Find()
        {
            ILogger found = services.GetService<ILoggerFactory>()?.CreateLogger(category) ?? NullLogger.Instance;
            Volatile.Write(ref _logger, found);
            return found;
        }
    }
}
