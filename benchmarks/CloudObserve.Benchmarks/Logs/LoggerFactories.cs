using Microsoft.Extensions.Logging;

namespace CloudObserve.Benchmarks.Logs;

/// <summary>Creates the logging framework with a single provider.</summary>
internal static class LoggerFactories
{
    internal const string Category = "Storefront.Checkout";

    /// <summary>The capacity of queues with a configurable size: twice the number of events logged between two measurements.</summary>
    internal const int QueuedEvents = 1 << 16;

    internal static ILoggerFactory With(ILoggerProvider provider) => With(b => b.AddProvider(provider));

    internal static ILoggerFactory With(Action<ILoggingBuilder> configure) =>
        LoggerFactory.Create(b => configure(b.SetMinimumLevel(LogLevel.Information)));
}
