using CloudObserve.Delivery;

namespace CloudObserve.LoadTests.Attacking;

/// <summary>Answers nothing until it is opened. Then it accepts everything.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class SilentSink : IBatchSink
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _largestEvent;

    /// <summary>Gets the size of the largest item that was accepted, in bytes.</summary>
    internal long LargestItem => Interlocked.Read(ref _largestEvent);

    internal void Open() => _opened.TrySetResult();

    public async ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
    {
        await _opened.Task.WaitAsync(cancellationToken);
        for (int i = 0; i < batch.ItemCount; i++)
        {
            Interlocked.Exchange(ref _largestEvent, Math.Max(LargestItem, batch.Item(i).Length));
        }

        return SendResult.Delivered();
    }
}
