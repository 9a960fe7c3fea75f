namespace CloudObserve.Testing.Services;

/// <summary>What was accepted, in order of acceptance, and who is told of it.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class AcceptedItems<T>
{
    private readonly Lock _gate = new();
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
        lock (_gate)
        {
            return [.. _kept];
        }
    }

    /// <summary>Takes the items of one request. The observer runs under the lock: it sees requests one by one, in the order that is kept.</summary>
    internal void Add(IReadOnlyList<T> items)
    {
        lock (_gate)
        {
            if (_isKept)
            {
                _kept.AddRange(items);
            }

            _observer?.Invoke(items);
        }
    }
}
