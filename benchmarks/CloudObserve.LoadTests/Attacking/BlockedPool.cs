namespace CloudObserve.LoadTests.Attacking;

/// <summary>Blocks every thread of the pool until it is disposed.</summary>
internal sealed class BlockedPool : IDisposable
{
    // Far more than the pool creates threads for while an attack lasts: it adds one or two a second.
    private const int Blocking = 2_000;

    private readonly ManualResetEventSlim _release = new();

    internal BlockedPool()
    {
        ThreadPool.GetMinThreads(out int enough, out _);
        int running = 0;
        for (int i = 0; i < Blocking; i++)
        {
            _ = ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    Interlocked.Increment(ref running);
                    _release.Wait();
                },
                null);
        }

        SpinWait.SpinUntil(() => Volatile.Read(ref running) >= enough);
    }

    public void Dispose() => _release.Set();
}
