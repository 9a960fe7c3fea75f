using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Monitoring.Alarms.Notifications;

/// <summary>Calls a handler of the application for each notification, one after the other.</summary>
/// <remarks>
/// Each call has a scope and a limit of time. A handler that does not end is left alone, and the next notification does not wait for it.
/// If several such calls are still running, further notifications fail until one of them ends, so that they cannot use up the threads.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class HandlerTarget : INotificationTarget, IDisposable
{
    internal const int MaxWaiting = 1_000;
    internal const int MaxAbandoned = 4;

    private readonly IServiceScopeFactory _scopes;
    private readonly Type _handler;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly Action _failed;
    private readonly CancellationTokenSource _stopping = new();
    private Task _cancelling = Task.CompletedTask;

    private readonly Lock _lock = new();

    // Guarded by _lock. A worker exists only while notifications wait.
    private readonly Queue<(AlarmNotification Notification, Action<string?> Finished)> _waiting = new();
    private Task _worker = Task.CompletedTask;
    private bool _isRunning;
    private bool _isClosed;

    private int _abandoned;

    /// <param name="scopes">Creates the scope of a call.</param>
    /// <param name="handler">The type of the handler.</param>
    /// <param name="timeout">The maximum time of a call.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">Receives failures.</param>
    /// <param name="failed">Counts a failure.</param>
    internal HandlerTarget(
        IServiceScopeFactory scopes, Type handler, TimeSpan timeout, TimeProvider timeProvider, ILogger logger, Action failed)
    {
        (_scopes, _handler, _timeout) = (scopes, handler, timeout);
        (_timeProvider, _logger, _failed) = (timeProvider, logger, failed);
    }

    /// <inheritdoc/>
    public bool Takes(AlarmNotification notification) => true;

    /// <inheritdoc/>
    public void Enqueue(AlarmNotification notification, Action<string?> finished)
    {
        string? refusal;
        lock (_lock)
        {
            refusal = _isClosed ? "The application stops."
                : _waiting.Count >= MaxWaiting ? $"{MaxWaiting} notifications wait for the handler already."
                : null;
            if (refusal is null)
            {
                _waiting.Enqueue((notification, finished));
                if (!_isRunning)
                {
                    _isRunning = true;
                    _worker = Background.Start(WorkAsync);
                }
            }
        }

        // After a close, the notification stays in the file and is sent by the next process.
        if (refusal is not null && !_isClosed)
        {
            _ = Background.Start(() =>
            {
                Fail(notification, refusal, finished);
                return Task.CompletedTask;
            });
        }
    }

    /// <summary>Stops the handler. What waits is not handled by this process any more.</summary>
    /// <param name="deadline">Ends the wait.</param>
    internal async Task CloseAsync(CancellationToken deadline)
    {
        Task worker;
        lock (_lock)
        {
            _isClosed = true;
            _waiting.Clear();
            worker = _worker;
        }

        // Callbacks of the application may be registered, so the cancellation must not hold up the close.
        _cancelling = Background.Start(_stopping.CancelAsync);
        try
        {
            await worker.WaitAsync(deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The handler does not end. The process does not wait for it.
        }
    }

    // The cancellation may still run.
    public void Dispose() => _ = _cancelling.ContinueWith(
        static (_, source) => ((CancellationTokenSource)source!).Dispose(),
        _stopping,
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    private async Task WorkAsync()
    {
        while (true)
        {
            (AlarmNotification Notification, Action<string?> Finished) next;
            lock (_lock)
            {
                if (!_waiting.TryDequeue(out next))
                {
                    _isRunning = false;
                    return;
                }
            }

            string? failure = await HandleAsync(next.Notification).ConfigureAwait(false);
            if (failure is null)
            {
                next.Finished(null);
            }
            else if (!_stopping.IsCancellationRequested)
            {
                Fail(next.Notification, failure, next.Finished);
            }
        }
    }

    private void Fail(AlarmNotification notification, string failure, Action<string?> finished)
    {
        _failed();
        _logger.NotificationFailed(notification.Id, notification.AlarmName, _handler.Name, failure);
        finished($"{_handler.Name}: {failure}");
    }

    private async Task<string?> HandleAsync(AlarmNotification notification)
    {
        if (Volatile.Read(ref _abandoned) >= MaxAbandoned)
        {
            return $"{MaxAbandoned} earlier calls of the handler have not ended.";
        }

        using CancellationTokenSource limit = new(_timeout, _timeProvider);
        using CancellationTokenSource cancelled = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopping.Token);
        Task call = Background.Start(() => CallAsync(notification, cancelled.Token));
        try
        {
            await call.WaitAsync(cancelled.Token).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (!call.IsCompleted)
        {
            _ = Interlocked.Increment(ref _abandoned);
            _ = call.ContinueWith(
                static (ended, state) =>
                {
                    _ = ended.Exception;
                    _ = Interlocked.Decrement(ref ((HandlerTarget)state!)._abandoned);
                },
                this,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            return $"The handler did not end within {_timeout}.";
        }
        catch (Exception exception)
        {
            // The handler is the application's and may throw anything.
            return $"{exception.GetType().Name}: {exception.Message}";
        }
    }

    private async Task CallAsync(AlarmNotification notification, CancellationToken cancellationToken)
    {
        AsyncServiceScope scope = _scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            INotificationHandler handler = (INotificationHandler)scope.ServiceProvider.GetRequiredService(_handler);
            await handler.HandleAsync(notification, cancellationToken).ConfigureAwait(false);
        }
    }
}
