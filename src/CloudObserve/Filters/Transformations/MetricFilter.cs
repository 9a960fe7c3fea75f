using CloudObserve.Diagnostics;
using CloudObserve.Metrics;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Filters.Transformations;

/// <summary>A metric filter at work: its definition, its series, and what it remembers between events.</summary>
/// <threadsafety>Not safe for concurrent use, but for <see cref="Status"/>.</threadsafety>
internal sealed class MetricFilter
{
    private readonly ExactSeries? _single;
    private readonly SeriesByDimensions? _byDimensions;

    private int _taken;

    // Written by the reader of the logs alone, so plain additions suffice; others read them at any time, and 64 bits are read whole.
    private long _matched;
    private long _added;
    private long _discarded;
    private long _sampledOut;

    internal MetricFilter(MetricFilterDefinition definition, ExactPublisher publisher)
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

    /// <summary>Gets what it has done so far. Safe from any thread; counts that belong together may be an event apart.</summary>
    internal MetricFilterStatus Status =>
        new(Definition.Name, Volatile.Read(ref _matched), Volatile.Read(ref _added), Volatile.Read(ref _discarded), Volatile.Read(ref _sampledOut));

    /// <summary>Gets a value indicating whether events that do not match add something.</summary>
    internal bool HasDefault => Definition.Default is not null;

    /// <summary>Adds the default for an event that does not match.</summary>
    internal void TakeDefault(DateTimeOffset time, DateTimeOffset now)
    {
        if (Definition.Default is { } value)
        {
            _ = _single?.Put(value, time, now);
        }
    }

    /// <summary>Adds to the metric what an event that matches has for it.</summary>
    /// <returns>Whether there was something to add and it was taken.</returns>
    internal bool Take(string logGroup, ReadOnlySpan<byte> text, ReadOnlySpan<FilterCapture> captures, DateTimeOffset time, DateTimeOffset now)
    {
        _matched++;
        if (!Definition.TryGetValue(text, captures, out double value))
        {
            return false;
        }

        ExactSeries? series = _byDimensions is null ? _single : _byDimensions.Find(logGroup, text, Definition.DimensionsOf(captures));
        if (series is null || !series.Put(value, time, now))
        {
            return false;
        }

        _added++;
        return true;
    }

    /// <summary>Says what becomes of an event that has just been taken.</summary>
    /// <returns>What it is booked as if it is not shipped.</returns>
    internal LossReason? KeepTaken()
    {
        if (Definition.Discard)
        {
            _discarded++;
            return LossReason.DiscardedByFilter;
        }

        // The first of each run is the one that is shipped, so that a rare event is seen at once.
        int place = _taken;
        _taken = place + 1 == Definition.Sample ? 0 : place + 1;
        if (place == 0)
        {
            return null;
        }

        _sampledOut++;
        return LossReason.SampledOut;
    }
}
