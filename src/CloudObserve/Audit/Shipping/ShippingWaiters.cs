namespace CloudObserve.Audit.Shipping;

/// <summary>Holds the callers that wait until something has been shipped, or until it is known that it cannot be shipped now.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class ShippingWaiters
{
    private readonly Lock _lock = new();
    private readonly List<(long UpTo, TaskCompletionSource Done)> _waiting = [];

    internal Task WaitFor(long sequence, Func<long> shipped)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            // Read under the lock: a thread that advances the position takes the lock afterwards.
            if (shipped() >= sequence)
            {
                return Task.CompletedTask;
            }

            _waiting.Add((sequence, done));
        }

        return done.Task;
    }

    internal void ReleaseAll() => Release(long.MaxValue);

    internal void Release(long shipped)
    {
        List<TaskCompletionSource> done;
        lock (_lock)
        {
            done = [.. _waiting.Where(w => w.UpTo <= shipped).Select(static w => w.Done)];
            _ = _waiting.RemoveAll(w => w.UpTo <= shipped);
        }

        done.ForEach(static waiter => _ = waiter.TrySetResult());
    }
}
