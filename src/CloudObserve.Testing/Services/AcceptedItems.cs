namespace CloudObserve.Testing.Services;

/// <summary>Holds accepted items in order of acceptance, and passes them to an observer.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class AcceptedItems<T>
{
    private readonly Lock _lock = new();
    private readonly List<T> _kept = [];
    private volatile bool _isKept = true;
    private volatile Action<IReadOnlyList<T>>? _observer;

    internal bool IsKept
    {
        get => _isKept;
        set => _isKept = value;
    }

    internal Action<IReadOnlyList<T>>? Observer
    {
        get => _observer;
        set => _observer = value;
    }

    internal T[] Snapshot()
    {
        lock (_lock)
        {
            return [.. _kept];
        }
    }

    /// <summary>Adds the items of one request.</summary>
    /// <remarks>The observer runs under the lock, so that it receives requests one by one, in the stored order.</remarks>
    internal void Add(IReadOnlyList<T> items)
    {
        lock (_lock)
        {
            if (_isKept)
            {
                _kept.AddRange(items);
            }

            _observer?.Invoke(items);
        }
    }
}
