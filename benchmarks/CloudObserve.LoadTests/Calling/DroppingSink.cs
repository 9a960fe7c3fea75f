using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.LoadTests.Calling;

/// <summary>Takes every request's body and drops it.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class DroppingSink : IBatchSink
{
    public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken) => ValueTask.FromResult(SendResult.Delivered());
}
