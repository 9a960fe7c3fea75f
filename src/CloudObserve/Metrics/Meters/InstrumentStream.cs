using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CloudObserve.Diagnostics;
using CloudObserve.Metrics.Aggregation;

namespace CloudObserve.Metrics.Meters;

/// <summary>Carries the measurements of one instrument to its series. A set of tags seen before is found without a lock or an allocation.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class InstrumentStream
{
    private readonly MetricPublisher _publisher;
    private readonly IDiagnosticEvents _events;
    private readonly string _name;
    private readonly MetricUnit _unit;
    private readonly InstrumentKind _kind;
    private readonly int _maxTagSets;
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], TagSeries> _byTags = new(TagSetComparer.Instance);
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], TagSeries>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _find;

    private int _tagSets;
    private TagSeries? _overflow;

    internal InstrumentStream(Instrument instrument, MetricPublisher publisher, IDiagnosticEvents events, int maxTagSets)
    {
        _publisher = publisher;
        _events = events;
        _name = instrument.Name;
        _unit = UcumUnits.Translate(instrument.Unit);
        _kind = KindOf(instrument);
        _maxTagSets = maxTagSets;
        _find = _byTags.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
    }

    internal void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        TagSeries? series = null;
        try
        {
            series = _find.TryGetValue(tags, out TagSeries? known) ? known : Bind(tags);
        }
        catch (Exception exception)
        {
            // A tag's own Equals, GetHashCode or ToString ran and threw: it is the application's code inside the application's measurement.
            _publisher.RefuseDimension(_name, $"A tag value could not be read: {exception.GetType().Name}: {exception.Message}");
            _events.InternalError($"reading the tags of instrument '{_name}'", exception);
        }

        if (series is not null)
        {
            Apply(series, value);
        }
    }

    /// <summary>Samples the levels. Called before each collection.</summary>
    internal void Collect()
    {
        if (_kind == InstrumentKind.Level)
        {
            foreach ((_, TagSeries series) in _byTags)
            {
                series.PutLevel();
            }

            Volatile.Read(ref _overflow)?.PutLevel();
        }
    }

    private static InstrumentKind KindOf(Instrument instrument)
    {
        Type type = instrument.GetType();
        Type shape = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (shape == typeof(UpDownCounter<>))
        {
            return InstrumentKind.Level;
        }

        return shape == typeof(ObservableCounter<>) ? InstrumentKind.Cumulative : InstrumentKind.Sample;
    }

    private void Apply(TagSeries series, double value)
    {
        switch (_kind)
        {
            case InstrumentKind.Level:
                series.Change(value);
                break;
            case InstrumentKind.Cumulative:
                series.PutGrowth(value);
                break;
            default:
                series.Put(value);
                break;
        }
    }

    private TagSeries? Bind(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Volatile.Read(ref _tagSets) >= _maxTagSets)
        {
            return BindOverflow(tags);
        }

        MetricDimension[] dimensions = TagText.ToDimensions(tags);
        if (_publisher.TryBind(_name, _unit, dimensions) is not { } series)
        {
            return null;
        }

        TagSeries bound = new(series);
        TagSeries kept = _byTags.GetOrAdd(tags.ToArray(), bound);
        if (kept == bound)
        {
            _ = Interlocked.Increment(ref _tagSets);
        }

        return kept;
    }

    /// <summary>Over the budget nothing more is remembered: samples and levels of further tag sets share one series.</summary>
    private TagSeries? BindOverflow(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_kind == InstrumentKind.Cumulative)
        {
            // The growth of a total is only known where the total before is remembered.
            _publisher.RefuseOverBudget(_name);
            return null;
        }

        if (Volatile.Read(ref _overflow) is { } overflow)
        {
            return overflow;
        }

        MetricDimension[] dimensions = [.. TagText.ToDimensions(tags).Select(d => d with { Value = SeriesFactory.Other })];
        TagSeries? bound = _publisher.TryBind(_name, _unit, dimensions) is { } series ? new TagSeries(series) : null;
        return Interlocked.CompareExchange(ref _overflow, bound, null) ?? bound;
    }
}
