using CloudObserve.Delivery;

namespace CloudObserve.LoadTests.Calling;

/// <summary>Accepts all requests and drops them.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class DroppingSink : IBatchSink
{
    public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken) =>
        ValueTask.FromResult(SendResult.Delivered());
}
