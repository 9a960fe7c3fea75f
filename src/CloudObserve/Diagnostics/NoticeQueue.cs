namespace CloudObserve.Diagnostics;

/// <summary>
/// Runs callbacks into application code (loggers, listeners of meters and traces) one after the other, on the thread pool.
/// </summary>
/// <remarks>
/// A reporting part of the library may hold a lock, or be in the middle of its own start. A logger that called back into the library at
/// that moment would find incomplete state, and a logger that hangs would keep the lock. No reporting thread therefore runs such code.
/// </remarks>
/// <threadsafety>Safe for concurrent use; one notice runs at a time.</threadsafety>
/// <param name="dropped">Called, like a notice, with the number of notices dropped because the queue was full.</param>
internal sealed class NoticeQueue(Action<long> dropped) : IThreadPoolWorkItem
{
    /// <summary>
    /// The maximum number of waiting notices. Further ones are counted and dropped, so that a hanging logger cannot exhaust the memory.
    /// </summary>
    internal const int Most = 4096;

    private readonly Lock _lock = new();

    // All fields below are guarded by the lock.
    private readonly Queue<Action> _waiting = new();
    private long _dropped;
    private bool _isRunning;

    /// <summary>Queues a notice. Never blocks, and never runs the notice itself.</summary>
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

    /// <summary>Waits until every notice posted before the call has run.</summary>
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

            // Not subject to the limit, because the caller is closing.
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
                // A logger provider or a listener of the application threw. Reporting it in the same way would throw again.
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
