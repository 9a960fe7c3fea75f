using Microsoft.Extensions.Logging;

namespace CloudObserve.Benchmarks.Logs;

/// <summary>The logging framework with one provider.</summary>
internal static class LoggerFactories
{
    internal const string Category = "Storefront.Checkout";

    internal static ILoggerFactory With(ILoggerProvider provider) => With(b => b.AddProvider(provider));

    internal static ILoggerFactory With(Action<ILoggingBuilder> configure) => LoggerFactory.Create(b => configure(b.SetMinimumLevel(LogLevel.Information)));
}
