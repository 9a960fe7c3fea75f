namespace CloudObserve.Pipeline.Delivery;

/// <summary>How many requests may be under way now: one more for each round that succeeds, half as many when the service throttles or slows down.</summary>
/// <remarks>
/// What is usual is learnt as it comes: a quicker answer counts for more than a slower one, so that a service which slows down is noticed before
/// that becomes usual. A service that is slow for good becomes usual after some dozens of answers. The slack keeps the size of a batch, which may be
/// a thousand times that of another, from looking like trouble.
/// </remarks>
/// <threadsafety>Guarded by the gate's lock.</threadsafety>
internal sealed class ConcurrencyLimit(int most)
{
    private const double QuickerWeight = 0.25;
    private const double SlowerWeight = 0.02;
    private const double SlowFactor = 3;

    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(250);

    private double _limit = most;
    private long _loweredAt = long.MinValue;
    private double _usualSeconds = double.NaN;

    internal int Current => (int)_limit;

    /// <summary>A request was answered well.</summary>
    /// <param name="startedAt">When it began, as a timestamp.</param>
    /// <param name="now">The timestamp of now.</param>
    /// <param name="latency">How long it took.</param>
    internal void Succeeded(long startedAt, long now, TimeSpan latency)
    {
        double seconds = latency.TotalSeconds;
        bool slow = seconds > (_usualSeconds * SlowFactor) + Slack.TotalSeconds;
        double weight = seconds < _usualSeconds ? QuickerWeight : SlowerWeight;
        _usualSeconds = double.IsNaN(_usualSeconds) ? seconds : _usualSeconds + (weight * (seconds - _usualSeconds));
        if (slow)
        {
            Lower(startedAt, now);
        }
        else
        {
            _limit = Math.Min(most, _limit + (1 / _limit));
        }
    }

    /// <summary>A request was throttled.</summary>
    /// <param name="startedAt">When it began, as a timestamp.</param>
    /// <param name="now">The timestamp of now.</param>
    internal void Lower(long startedAt, long now)
    {
        // The other requests of the same round fare the same; that is one piece of news, not several.
        if (startedAt > _loweredAt)
        {
            _limit = Math.Max(1, _limit / 2);
            _loweredAt = now;
        }
    }
}
