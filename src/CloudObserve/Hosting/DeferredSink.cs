using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Hosting;

/// <summary>
/// Makes a sink of the user's own when it is first needed. Such a sink may well want a logger, and the library is made while the logger factory
/// is: making the sink then would go in a circle.
/// </summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class DeferredSink(Func<IBatchSink> create) : IBatchSink, IAsyncDisposable, IDisposable
{
    private readonly Lazy<IBatchSink> _sink = new(create);

    public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken) => _sink.Value.SendAsync(batch, cancellationToken);

    // Asked at the start, where making the sink could go in a circle: until it is made, it counts as one that can.
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

    /// <summary>Makes the sink now, where nothing stands in the way: a provider that is being disposed of makes nothing any more.</summary>
    internal void Create() => _ = _sink.Value;
}
