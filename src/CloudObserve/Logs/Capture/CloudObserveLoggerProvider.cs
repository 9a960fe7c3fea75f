using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudObserve.Logs.Capture;

/// <summary>Makes the loggers that feed CloudObserve. In the logging configuration it is called <c>CloudObserve</c>.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
[ProviderAlias("CloudObserve")]
internal sealed class CloudObserveLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    private readonly LogCapture _capture;
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    /// <param name="sink">Takes the records.</param>
    /// <param name="time">Gives events their time.</param>
    /// <param name="texts">The texts that records refer to; the reader needs the same.</param>
    /// <param name="maxRecordBytes">The most bytes the sink takes as one record.</param>
    internal CloudObserveLoggerProvider(
        ILogRecordSink sink, TimeProvider time, TextTable texts, int maxRecordBytes = LogCapture.DefaultMaxRecordBytes)
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

    // What has been captured belongs to the sink, which the host stops in its own order.
    public void Dispose()
    {
    }
}
