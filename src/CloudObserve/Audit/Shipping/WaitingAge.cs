using CloudObserve.Diagnostics;

namespace CloudObserve.Audit.Shipping;

/// <summary>Measures how long the oldest record or file has been waiting to be shipped.</summary>
/// <remarks>
/// The clock is compared with the time of the record or file only once, because an earlier process may have written it. After that, the age
/// grows with elapsed time, so a change of the clock does not affect it.
/// </remarks>
/// <threadsafety><see cref="Set"/> and <see cref="Clear"/> belong to the shipping loop. All other members are safe for concurrent
/// use.</threadsafety>
internal sealed class WaitingAge(TimeProvider time)
{
    private const long Nothing = long.MaxValue;

    // The elapsed time at which the wait began, in ticks. It is negative if that was before the machine started.
    private long _since = Nothing;

    // Belongs to the loop.
    private string? _item;

    /// <summary>Gets the age; zero if nothing waits.</summary>
    internal TimeSpan Value
    {
        get
        {
            long since = Interlocked.Read(ref _since);
            return since == Nothing ? TimeSpan.Zero : time.GetPassedTime() - TimeSpan.FromTicks(since);
        }
    }

    /// <summary>Notifies that something waits from now on. If something is waiting already, it is older.</summary>
    internal void Begin() => _ = Interlocked.CompareExchange(ref _since, time.GetPassedTime().Ticks, Nothing);

    /// <summary>Sets the oldest item. Setting the same item again does not change its age.</summary>
    /// <param name="item">The identity of the item.</param>
    /// <param name="written">The time at which it was written, by the clock.</param>
    internal void Set(string item, DateTimeOffset written)
    {
        if (item != _item)
        {
            TimeSpan age = time.GetUtcNow() - written;
            _ = Interlocked.Exchange(ref _since, (time.GetPassedTime() - (age > TimeSpan.Zero ? age : TimeSpan.Zero)).Ticks);
            _item = item;
        }
    }

    /// <summary>Notifies that nothing waits any more.</summary>
    internal void Clear()
    {
        _item = null;
        _ = Interlocked.Exchange(ref _since, Nothing);
    }
}
