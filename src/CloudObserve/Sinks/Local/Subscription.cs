using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Local;

/// <summary>A bounded buffer of the items that the embedded CloudWatch accepts after the subscription began.</summary>
/// <remarks>
/// The embedded CloudWatch never waits for a subscriber. If the buffer is full, the oldest item is skipped and counted, so a slow
/// subscriber gets the newest items. The items of one request are in order; requests that are accepted at the same time may be in any
/// order.
/// </remarks>
/// <threadsafety>Safe for concurrent use. Each item is returned to one reader.</threadsafety>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class Subscription<T> : IDisposable
{
    private readonly SubscriptionLimits _limits;
    private readonly Predicate<T> _matches;
    private readonly Func<T, long> _size;
    private readonly Action<Subscription<T>> _end;
    private readonly Lock _lock = new();

    // The fields below are guarded by the lock.
    private readonly Queue<T> _items = new();
    private long _bytes;
    private long _skipped;
    private bool _isEnded;

    // Completed, outside of the lock, when there is an item or the subscription has ended. Replaced by a reader that finds nothing.
    private TaskCompletionSource _change = NewChange();

    internal Subscription(SubscriptionLimits limits, Predicate<T> matches, Func<T, long> size, Action<Subscription<T>> end) =>
        (_limits, _matches, _size, _end) = (limits, matches, size, end);

    /// <summary>Gets the number of items that were skipped because the buffer was full.</summary>
    public long Skipped
    {
        get
        {
            lock (_lock)
            {
                return _skipped;
            }
        }
    }

    /// <summary>Removes the oldest item from the buffer.</summary>
    /// <param name="item">The item.</param>
    /// <returns><see langword="false"/> if the buffer is empty.</returns>
    public bool TryRead([MaybeNullWhen(false)] out T item)
    {
        lock (_lock)
        {
            if (!_items.TryDequeue(out item))
            {
                return false;
            }

            _bytes -= _size(item);
            return true;
        }
    }

    /// <summary>Waits until the buffer has an item.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><see langword="false"/> if the subscription has ended and the buffer is empty.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task change;
            lock (_lock)
            {
                if (_items.Count > 0)
                {
                    return true;
                }

                if (_isEnded)
                {
                    return false;
                }

                if (_change.Task.IsCompleted)
                {
                    _change = NewChange();
                }

                change = _change.Task;
            }

            await change.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads the items until the subscription ends.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The items, in order of arrival.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async IAsyncEnumerable<T> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (TryRead(out T? item))
            {
                yield return item;
            }
        }
    }

    /// <summary>Ends the subscription. Items that wait in the buffer can still be read.</summary>
    public void Dispose()
    {
        _end(this);
        TaskCompletionSource change;
        lock (_lock)
        {
            _isEnded = true;
            change = _change;
        }

        _ = change.TrySetResult();
    }

    /// <summary>Adds an item if it matches. Never waits for a reader.</summary>
    internal void Publish(T item)
    {
        if (!_matches(item))
        {
            return;
        }

        long size = _size(item);
        TaskCompletionSource change;
        lock (_lock)
        {
            if (_isEnded)
            {
                return;
            }

            while (_items.Count >= _limits.MaxItems || (_items.Count > 0 && _bytes + size > _limits.MaxBytes))
            {
                _bytes -= _size(_items.Dequeue());
                _skipped++;
            }

            _items.Enqueue(item);
            _bytes += size;
            change = _change;
        }

        // Outside of the lock. Continuations run on the thread pool, so a reader's code never runs in here.
        _ = change.TrySetResult();
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
