using System.Diagnostics;
using CloudObserve.Metrics.Aggregation;

namespace CloudObserve.Metrics;

/// <summary>One series of a metric, bound once so that adding a sample costs one interlocked operation.</summary>
/// <threadsafety>Safe for concurrent use. Adding a sample takes no lock and allocates nothing.</threadsafety>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class MetricSeries
{
    private readonly MetricPublisher _publisher;
    private readonly SeriesKey _key;

    // Replaced after the series was idle long enough to be released; a stale value only costs another look-up.
    private SeriesState _state;

    internal MetricSeries(MetricPublisher publisher, SeriesKey key, SeriesState state)
    {
        _publisher = publisher;
        _key = key;
        _state = state;
    }

    /// <summary>Gets the metric's name.</summary>
    public string Name => _key.Name;

    /// <summary>Gets the dimensions the series was bound with, without the default ones.</summary>
    public IReadOnlyList<MetricDimension> Dimensions => _key.Dimensions;

    /// <summary>Gets the identity under which samples are sent.</summary>
    internal SeriesIdentity Identity => Volatile.Read(ref _state).Identity;

    /// <summary>Gets a value indicating whether the series was released as idle and has had no sample since.</summary>
    internal bool IsReleased => Volatile.Read(ref _state).IsClosed;

    /// <summary>Gets a value indicating whether its samples are counted together with all others over the cardinality budget.</summary>
    internal bool IsOverflow => Volatile.Read(ref _state).IsOverflow;

    /// <summary>Adds a sample to the open period.</summary>
    /// <param name="value">The sample: finite and within -2^360 to 2^360. Any other is counted as lost and reported once.</param>
    public void Put(double value)
    {
        if (!MetricRules.IsValidValue(value) || !Volatile.Read(ref _state).TryPut(value))
        {
            PutSlow(value);
        }
    }

    /// <summary>Adds the sample 1 to the open period, which counts one event.</summary>
    public void Increment() => Put(1);

    /// <summary>Starts to measure a duration, which becomes a sample of this series when the result is disposed of.</summary>
    /// <returns>The running measurement.</returns>
    /// <remarks>
    /// The sample is in the unit of the series: seconds, milliseconds or microseconds. A series without a unit gets seconds. A duration for
    /// a series with any other unit is counted as lost and reported once.
    /// </remarks>
    public MetricTimer Time() => new(this, _publisher.Time.GetTimestamp());

    /// <summary>Adds the time elapsed since a timestamp of the publisher's clock.</summary>
    internal void PutElapsed(long startTimestamp)
    {
        TimeSpan elapsed = _publisher.Time.GetElapsedTime(startTimestamp);
        SeriesIdentity identity = Identity;
        switch (identity.Unit)
        {
            case MetricUnit.None or MetricUnit.Seconds:
                Put(elapsed.TotalSeconds);
                break;
            case MetricUnit.Milliseconds:
                Put(elapsed.TotalMilliseconds);
                break;
            case MetricUnit.Microseconds:
                Put(elapsed.TotalMicroseconds);
                break;
            default:
                _publisher.RefuseDuration(identity);
                break;
        }
    }

    /// <summary>Marks the series as idle since a monotonic time, although levels were added to it until now.</summary>
    internal void MarkIdle_CollectorOnly(TimeSpan since)
    {
        SeriesState state = Volatile.Read(ref _state);
        state.LastActive = since < state.LastActive ? since : state.LastActive;
    }

    /// <inheritdoc/>
    public override string ToString() => Identity.ToString();

    private void PutSlow(double value)
    {
        if (_publisher.Put(_key.AsProbe(), value) is { } state)
        {
            Volatile.Write(ref _state, state);
        }
    }
}
