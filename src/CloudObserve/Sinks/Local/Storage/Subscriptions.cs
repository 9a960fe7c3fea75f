using System.Collections.Immutable;
using CloudObserve.Local;

namespace CloudObserve.Sinks.Local.Storage;

/// <summary>The subscriptions to the items that a store accepts.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
/// <typeparam name="T">The type of the items.</typeparam>
internal sealed class Subscriptions<T>
{
    // Replaced as a whole, so that a publisher reads it without a lock.
    private ImmutableArray<Subscription<T>> _all = [];

    /// <summary>
    /// Gets a value indicating whether there is a subscription. It is read with every request and costs one volatile read.
    /// </summary>
    internal bool Any => !All.IsEmpty;

    private ImmutableArray<Subscription<T>> All
    {
        get
        {
            // A publisher that misses a subscription which is added at the same moment accepted its item before the subscription began.
            Interlocked.MemoryBarrier();
            return _all;
        }
    }

    internal Subscription<T> Add(SubscriptionLimits limits, Predicate<T> matches, Func<T, long> size)
    {
        Subscription<T> added = new(limits, matches, size, Remove);
        _ = ImmutableInterlocked.Update(ref _all, static (all, added) => all.Add(added), added);
        return added;
    }

    internal void Publish(T item)
    {
        foreach (Subscription<T> subscription in All)
        {
            subscription.Publish(item);
        }
    }

    private void Remove(Subscription<T> removed) =>
        _ = ImmutableInterlocked.Update(ref _all, static (all, removed) => all.Remove(removed), removed);
}
