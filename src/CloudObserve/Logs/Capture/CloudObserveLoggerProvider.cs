using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudObserve.Logs.Capture;

/// <summary>Creates the loggers of CloudObserve.</summary>
/// <remarks>Its name in the logging configuration is <c>CloudObserve</c>.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
[ProviderAlias("CloudObserve")]
internal sealed class CloudObserveLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    private readonly LogCapture _capture;
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    /// <param name="sink">Receives the records.</param>
    /// <param name="time">The clock that provides the time of events.</param>
    /// <param name="texts">The interned texts to which records refer. The reader must use the same table.</param>
    /// <param name="maxRecordBytes">The largest record that the sink accepts, in bytes.</param>
    internal CloudObserveLoggerProvider(
        ILogRecordSink sink, TimeProvider time, InternTable texts, int maxRecordBytes = LogCapture.DefaultMaxRecordBytes)
    {
        _capture = new LogCapture(sink, time, texts, maxRecordBytes);
        _capture.UseScopes(_scopes);
    }

    public ILogger CreateLogger(string categoryName) =>
        OwnCategories.Contains(categoryName) ? NullLogger.Instance : new CloudObserveLogger(categoryName, _capture, _scopes);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider)
    {
        _scopes = scopeProvider;
        _capture.UseScopes(scopeProvider);
    }

    // The sink owns captured records, and the host stops it in its own order.
    public void Dispose()
    {
    }

    // Contains the categories that are never captured, because delivery of an event could log the next event in them.
    private static class OwnCategories
    {
        // The library's own categories, those of the AWS SDK's runtime, which also sends this library's requests, and those of HTTP clients
        // with this library's name.
        private static readonly string[] Roots = ["CloudObserve", "Amazon.Runtime", "System.Net.Http.HttpClient.CloudObserve"];

        internal static bool Contains(string category) => Array.Exists(Roots, root => IsWithin(category, root));

        // "CloudObservers" is a different category.
        private static bool IsWithin(string category, string root) =>
            category.StartsWith(root, StringComparison.Ordinal) && (category.Length == root.Length || category[root.Length] == '.');
    }
}
