using CloudObserve.Delivery;

namespace CloudObserve.Hosting;

/// <summary>Creates the application's own sink when it is first needed.</summary>
/// <remarks>
/// Such a sink may need a logger, and the library is created while the logger factory is being created; creating the sink at that moment
/// would be circular.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class DeferredSink(Func<IBatchSink> create) : IBatchSink, IAsyncDisposable, IDisposable
{
    private readonly Lazy<IBatchSink> _sink = new(create);

    public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken) =>
        _sink.Value.SendAsync(batch, cancellationToken);

    // This is called at start, when creating the sink could be circular. Until the sink exists, it is assumed to support the operation.
    public bool CanSend(string operation) => !_sink.IsValueCreated || _sink.Value.CanSend(operation);

    public async ValueTask DisposeAsync()
    {
        if (_sink.IsValueCreated && _sink.Value is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        if (_sink.IsValueCreated && _sink.Value is IDisposable disposable)
        {
            disposable.Dispose();
        }
    }

    /// <summary>Creates the sink now.</summary>
    /// <remarks>This is called where creation is safe, because a provider that is being disposed creates no services.</remarks>
    internal void Create() => _ = _sink.Value;
}
