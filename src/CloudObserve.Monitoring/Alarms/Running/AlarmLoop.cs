using Microsoft.Extensions.Logging;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>Calls the engine when alarms are due, with one timer. Without alarms there is no timer.</summary>
/// <remarks>
/// The evaluation runs in the callback of the timer. The timer is set again when it has ended, so evaluations never overlap; moments that
/// pass meanwhile are left out.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class AlarmLoop(AlarmEngine engine, TimeProvider timeProvider, ILogger logger) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private ITimer? _timer;
    private DateTimeOffset _due;
    private bool _isStarted;
    private bool _isClosed;
    private TaskCompletionSource? _running;

    /// <summary>Begins with the evaluations. The first one is at once.</summary>
    internal void Start()
    {
        lock (_lock)
        {
            _isStarted = true;
        }

        Wake(timeProvider.GetUtcNow());
    }

    /// <summary>Considers anew when to evaluate, after definitions or states changed. An evaluation is never put off by this.</summary>
    internal void Wake() => Wake(engine.NextAfter(timeProvider.GetUtcNow()));

    /// <summary>Ends the evaluations, and waits for a running one.</summary>
    /// <param name="deadline">Ends the wait.</param>
    /// <returns>Whether no evaluation is running any more.</returns>
    internal async Task<bool> CloseAsync(CancellationToken deadline)
    {
        Task running;
        ITimer? timer;
        lock (_lock)
        {
            _isClosed = true;
            (timer, _timer) = (_timer, null);
            running = _running?.Task ?? Task.CompletedTask;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        if (timer is not null)
        {
            await timer.DisposeAsync().AsTask().WaitAsync(deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await running.WaitAsync(deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return running.IsCompleted;
    }

    public void Dispose() => _stopping.Dispose();

    private void Wake(DateTimeOffset due)
    {
        bool isIdle = engine.IsIdle;
        lock (_lock)
        {
            if (_isClosed || !_isStarted || _running is not null)
            {
                // A running evaluation sets the timer when it ends.
                return;
            }

            if (isIdle)
            {
                _timer?.Dispose();
                _timer = null;
                return;
            }

            if (_timer is null || due < _due)
            {
                Set_NeedsLock(due);
            }
        }
    }

    private void Set_NeedsLock(DateTimeOffset due)
    {
        _due = due;
        TimeSpan dueIn = DueIn(due);
        if (_timer is not null)
        {
            _ = _timer.Change(dueIn, Timeout.InfiniteTimeSpan);
            return;
        }

        // The caller may be a request of the application, whose context the timer must not keep.
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            _timer = timeProvider.CreateTimer(static loop => ((AlarmLoop)loop!).Run(), this, dueIn, Timeout.InfiniteTimeSpan);
        }
    }

    private void Run()
    {
        TaskCompletionSource running = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_isClosed || _running is not null)
            {
                return;
            }

            _running = running;
        }

        DateTimeOffset next = timeProvider.GetUtcNow();
        try
        {
            next = engine.Evaluate(_stopping.Token);
        }
        catch (Exception exception)
        {
            // Nothing in the evaluation may end the loop.
            logger.AlarmRoundFailed(exception);
            next = engine.NextAfter(timeProvider.GetUtcNow());
        }
        finally
        {
            bool isIdle = engine.IsIdle;
            lock (_lock)
            {
                _running = null;
                if (!_isClosed && !isIdle)
                {
                    Set_NeedsLock(next);
                }
                else
                {
                    _timer?.Dispose();
                    _timer = null;
                }
            }

            running.SetResult();
        }
    }

    private TimeSpan DueIn(DateTimeOffset next)
    {
        // A timer takes at most 49 days.
        TimeSpan dueIn = next - timeProvider.GetUtcNow();
        return dueIn < TimeSpan.Zero ? TimeSpan.Zero : dueIn > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : dueIn;
    }
}
