using Microsoft.Extensions.Logging;

namespace CloudObserve.Benchmarks.Logs;

/// <summary>The logging framework with one provider.</summary>
internal static class LoggerFactories
{
    internal const string Category = "Storefront.Checkout";

    /// <summary>How many events a queue takes whose size is to be chosen: twice what is logged at once where calls are measured.</summary>
    internal const int QueuedEvents = 1 << 16;

    internal static ILoggerFactory With(ILoggerProvider provider) => With(b => b.AddProvider(provider));

    internal static ILoggerFactory With(Action<ILoggingBuilder> configure) => LoggerFactory.Create(b => configure(b.SetMinimumLevel(LogLevel.Information)));
}
