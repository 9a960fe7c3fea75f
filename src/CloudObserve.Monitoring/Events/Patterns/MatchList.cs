namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Represents a growing array of values whose memory is kept from event to event.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
internal sealed class MatchList<T>
    where T : struct
{
    private T[] _items = new T[16];

    /// <summary>Gets the number of values.</summary>
    internal int Count { get; private set; }

    internal ref T this[int index] => ref _items[index];

    internal ReadOnlySpan<T> Items => _items.AsSpan(0, Count);

    /// <summary>Adds a value.</summary>
    internal ref T Add(T item)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Count * 2);
        }

        ref T added = ref _items[Count++];
        added = item;
        return ref added;
    }

    /// <summary>Sets the number of values. New ones are not cleared.</summary>
    internal void Resize(int count)
    {
        if (count > _items.Length)
        {
            Array.Resize(ref _items, Math.Max(count, _items.Length * 2));
        }

        Count = count;
    }

    internal void Clear() => Count = 0;

    /// <summary>Lets go of memory that only an unusually large event needs.</summary>
    internal void Trim(int maxKept)
    {
        if (_items.Length > maxKept)
        {
            _items = new T[16];
            Count = 0;
        }
    }
}
