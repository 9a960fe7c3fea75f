using CloudObserve.Delivery;
using CloudObserve.Logs;
using CloudObserve.Metrics;

namespace CloudObserve.Filters.Transformations;

/// <summary>Represents an active metric filter: its definition, its series, and its state between events.</summary>
/// <threadsafety>Not safe for concurrent use, except <see cref="Status"/>.</threadsafety>
internal sealed class MetricFilter
{
    private readonly FilterMetricSeries? _single;
    private readonly SeriesByDimensions? _byDimensions;

    private int _taken;

    // Written only by the log reader's thread, so plain additions suffice. Other threads may read at any time; 64-bit reads are atomic.
    private long _matched;
    private long _added;
    private long _discarded;
    private long _sampledOut;

    internal MetricFilter(MetricFilterDefinition definition, FilterMetricPublisher publisher)
    {
        Definition = definition;
        if (definition.Dimensions.Length + definition.SystemFields.Length > 0)
        {
            _byDimensions = new SeriesByDimensions(definition, publisher);
            return;
        }

        _single = publisher.TryBind(definition.Namespace, definition.Metric, definition.Unit);
    }

    internal MetricFilterDefinition Definition { get; }

    /// <summary>Gets the counts so far.</summary>
    /// <remarks>Safe from any thread; counts that belong together may differ by one event.</remarks>
    internal MetricFilterStatus Status =>
        new(Definition.Name, Volatile.Read(ref _matched), Volatile.Read(ref _added), Volatile.Read(ref _discarded),
            Volatile.Read(ref _sampledOut));

    /// <summary>Gets a value indicating whether events that do not match add a value.</summary>
    internal bool HasDefault => Definition.Default is not null;

    /// <summary>Adds the default value for an event that does not match.</summary>
    internal void TakeDefault(DateTimeOffset time, DateTimeOffset now)
    {
        if (Definition.Default is { } value)
        {
            _ = _single?.Put(value, time, now);
        }
    }

    /// <summary>Adds the value of a matching event to the metric.</summary>
    /// <returns><see langword="true"/> if the event has a value and the metric accepted it.</returns>
    internal bool Take(
        string logGroup, ReadOnlySpan<byte> text, ReadOnlySpan<FilterCapture> captures, DateTimeOffset time, DateTimeOffset now)
    {
        _matched++;
        if (!Definition.TryGetValue(text, captures, out double value))
        {
            return false;
        }

        FilterMetricSeries? series = _byDimensions is null
            ? _single : _byDimensions.Find(logGroup, text, Definition.DimensionsOf(captures));
        if (series is null || !series.Put(value, time, now))
        {
            return false;
        }

        _added++;
        return true;
    }

    /// <summary>Decides whether an event that has just been added is shipped.</summary>
    /// <returns>The loss reason for an event that is not shipped; <see langword="null"/> if it is shipped.</returns>
    internal LossReason? KeepTaken()
    {
        if (Definition.Discard)
        {
            _discarded++;
            return LogLossReasons.DiscardedByFilter;
        }

        // The first event of each run is shipped, so that a rare event is seen at once.
        int place = _taken;
        _taken = place + 1 == Definition.Sample ? 0 : place + 1;
        if (place == 0)
        {
            return null;
        }

        _sampledOut++;
        return LogLossReasons.SampledOut;
    }
}
