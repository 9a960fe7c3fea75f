namespace CloudObserve.Pipeline.Delivery;

/// <summary>How many requests may be under way now: one more for each round that succeeds, half as many when the service throttles.</summary>
/// <threadsafety>Guarded by the gate's lock.</threadsafety>
internal sealed class ConcurrencyLimit(int most)
{
    private double _limit = most;
    private long _loweredAt = long.MinValue;

    internal int Current => (int)_limit;

    internal void Raise() => _limit = Math.Min(most, _limit + (1 / _limit));

    /// <param name="startedAt">When the throttled attempt began, as a timestamp.</param>
    /// <param name="now">The timestamp of now.</param>
    internal void Lower(long startedAt, long now)
    {
        // The other requests of the same round are throttled too; that is one piece of news, not several.
        if (startedAt > _loweredAt)
        {
            _limit = Math.Max(1, _limit / 2);
            _loweredAt = now;
        }
    }
}
