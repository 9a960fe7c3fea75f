namespace CloudObserve.Pipeline.Delivery;

/// <summary>
/// The current maximum number of concurrent requests: grows by one per successful round and halves on throttling or slow responses.
/// </summary>
/// <remarks>
/// The usual latency is learnt from the responses: a faster response has more weight than a slower one, so that a slowdown is noticed
/// before it becomes usual. A permanently slow service becomes usual after some dozens of responses. The slack tolerates latency
/// differences caused by batch size, which may vary by a factor of a thousand.
/// </remarks>
/// <threadsafety>Guarded by the lock of <see cref="DeliveryQueue"/>.</threadsafety>
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

    /// <summary>Updates the limit after a successful request.</summary>
    /// <param name="startedAt">The timestamp at which the request began.</param>
    /// <param name="now">The current timestamp.</param>
    /// <param name="latency">The duration of the request.</param>
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

    /// <summary>Halves the limit after a throttled or slow request.</summary>
    /// <param name="startedAt">The timestamp at which the request began.</param>
    /// <param name="now">The current timestamp.</param>
    internal void Lower(long startedAt, long now)
    {
        // Other requests of the same round have the same outcome; together they count as one event.
        if (startedAt > _loweredAt)
        {
            _limit = Math.Max(1, _limit / 2);
            _loweredAt = now;
        }
    }
}
