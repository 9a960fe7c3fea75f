namespace CloudObserve.Diagnostics;

/// <summary>Runs what calls code of the application (loggers, listeners of meters and traces), one notice after the other, on the thread pool.</summary>
/// <remarks>
/// A part of the library that reports something may hold a lock, or be in the middle of its own start. A logger that called back into the library
/// at that moment would find it half made, and one that hangs would keep the lock. So no thread that reports ever runs such code.
/// </remarks>
/// <threadsafety>Safe for concurrent use; one notice runs at a time.</threadsafety>
/// <param name="dropped">Called, like a notice, with the number of notices that were dropped because too many waited.</param>
internal sealed class NoticeQueue(Action<long> dropped) : IThreadPoolWorkItem
{
    /// <summary>How many notices may wait. Further ones are counted and dropped: a logger that hangs must not cost memory without bound.</summary>
    internal const int Most = 4096;

    private readonly Lock _lock = new();

    // All guarded by the lock.
    private readonly Queue<Action> _waiting = new();
    private long _dropped;
    private bool _isRunning;

    /// <summary>Queues a notice. It never blocks, and never runs the notice itself.</summary>
    internal void Post(Action notice)
    {
        lock (_lock)
        {
            if (_waiting.Count >= Most)
            {
                _dropped++;
                return;
            }

            _waiting.Enqueue(notice);
            if (_isRunning)
            {
                return;
            }

            _isRunning = true;
        }

        _ = ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Completes when every notice posted before the call has run.</summary>
    internal Task WhenSaidAsync()
    {
        TaskCompletionSource said = new();
        lock (_lock)
        {
            if (!_isRunning)
            {
                return Task.CompletedTask;
            }

            if (_dropped > 0)
            {
                _waiting.Enqueue(TakeDropped_NeedsLock());
            }

            // Not held to the limit: who waits for it is somebody who closes.
            _waiting.Enqueue(said.SetResult);
        }

        return said.Task;
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (TakeNext() is { } notice)
        {
            try
            {
                notice();
            }
            catch (Exception exception)
            {
                // A logger provider or a listener of the application threw. To tell it the same way would throw again.
                CloudObserveEventSource.Log.InternalError(nameof(DiagnosticEvents), exception);
            }
        }
    }

    private Action? TakeNext()
    {
        lock (_lock)
        {
            if (_waiting.TryDequeue(out Action? next))
            {
                return next;
            }

            if (_dropped > 0)
            {
                return TakeDropped_NeedsLock();
            }

            _isRunning = false;
            return null;
        }
    }

    private Action TakeDropped_NeedsLock()
    {
        long count = _dropped;
        _dropped = 0;
        return () => dropped(count);
    }
}
