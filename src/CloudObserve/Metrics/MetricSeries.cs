using System.Diagnostics;
using CloudObserve.Metrics.Aggregation;

namespace CloudObserve.Metrics;

/// <summary>One series of a metric, bound once: putting a sample costs one interlocked operation.</summary>
/// <threadsafety>Safe for concurrent use. Takes no lock and allocates nothing.</threadsafety>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class MetricSeries
{
    private readonly MetricPublisher _publisher;
    private readonly SeriesKey _key;

    // Replaced when the series was idle long enough to be released; a stale value only costs another look-up.
    private SeriesState _state;

    internal MetricSeries(MetricPublisher publisher, SeriesKey key, SeriesState state)
    {
        _publisher = publisher;
        _key = key;
        _state = state;
    }

    /// <summary>Gets the metric's name.</summary>
    public string Name => _key.Name;

    /// <summary>Gets the dimensions it was bound with, without the default ones.</summary>
    public IReadOnlyList<MetricDimension> Dimensions => _key.Dimensions;

    /// <summary>Adds a sample to the open period.</summary>
    /// <param name="value">The sample: finite and within -2^360 to 2^360. Any other is counted as lost and reported once.</param>
    public void Put(double value)
    {
        if (!MetricRules.IsValidValue(value) || !Volatile.Read(ref _state).TryPut(value))
        {
            PutSlow(value);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _state.Identity.ToString();

    private void PutSlow(double value)
    {
        if (_publisher.Put(_key.AsProbe(), value) is { } state)
        {
            Volatile.Write(ref _state, state);
        }
    }
}
