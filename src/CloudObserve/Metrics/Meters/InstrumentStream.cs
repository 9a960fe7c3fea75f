using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CloudObserve.Diagnostics;

namespace CloudObserve.Metrics.Meters;

/// <summary>Carries the measurements of one instrument to its series.</summary>
/// <threadsafety>
/// <see cref="Record"/> is safe for concurrent use. The members named Observer belong to the one observation that is under way, <see cref="Sample"/> to
/// the one sampling, and the members named CollectorOnly to the one collection.
/// </threadsafety>
internal sealed class InstrumentStream
{
    private readonly MetricPublisher _publisher;
    private readonly IDiagnosticEvents _events;
    private readonly TimeProvider _time;
    private readonly TagSets _tagSets;
    private readonly string _metric;
    private readonly InstrumentKind _kind;
    private readonly bool _isFloatingPoint;
    private readonly TimeSpan _idleTimeout;

    // Series whose level or gauge has left: filled by the sampling, emptied by the collection.
    private readonly ConcurrentQueue<(MetricSeries Series, TimeSpan Since)> _left = new();

    // Set once, before the instrument is enabled, if it is an observable one.
    private ObservedInstrument? _observed;

    // Used by the observation alone.
    private readonly List<TagSeries> _gathered = [];
    private long _observation;

    internal InstrumentStream(Instrument instrument, MetricPublisher publisher, IDiagnosticEvents events, TimeProvider time, MetricsOptions options)
    {
        _publisher = publisher;
        _events = events;
        _time = time;
        _metric = MetricOf(instrument);
        _kind = KindOf(instrument.GetType(), options.RepeatGauges);
        _isFloatingPoint = instrument is UpDownCounter<double> or UpDownCounter<float>;
        _idleTimeout = options.IdleSeriesTimeout;
        _tagSets = new TagSets(instrument, _metric, _kind, publisher, time, options);
    }

    /// <summary>Makes a listener hand measurements of every number type to the stream with which it enabled the instrument.</summary>
    internal static void Forward(MeterListener listener)
    {
        listener.SetMeasurementEventCallback<byte>(static (_, value, tags, stream) => ((InstrumentStream)stream!).Record(value, tags));
        listener.SetMeasurementEventCallback<short>(static (_, value, tags, stream) => ((InstrumentStream)stream!).Record(value, tags));
        listener.SetMeasurementEventCallback<int>(static (_, value, tags, stream) => ((InstrumentStream)stream!).Record(value, tags));
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, stream) => ((InstrumentStream)stream!).Record(value, tags));
        listener.SetMeasurementEventCallback<float>(static (_, value, tags, stream) => ((InstrumentStream)stream!).Record(value, tags));
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, stream) => ((InstrumentStream)stream!).Record(value, tags));
        listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, stream) => ((InstrumentStream)stream!).Record((double)value, tags));
    }

    /// <summary>Makes the stream take measurements only while an observation wants them.</summary>
    internal void ObserveBy(ObservedInstrument observed) => _observed = observed;

    /// <summary>Takes a measurement. It never throws, unless it belongs to an observation that was given up: that ends the callback.</summary>
    internal void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        _observed?.ThrowIfGivenUp();

        // Before anything is added to it: a sum that once took a NaN is none any more.
        if (!MetricRules.IsValidValue(value))
        {
            _publisher.RefuseValue(_metric, value);
            return;
        }

        try
        {
            TagSeries? series = _tagSets.Find(tags);
            while (series is not null && !TryTake(series, value))
            {
                // It has just left. Binding waits until that is done, and makes it anew.
                series = _tagSets.Bind(tags);
            }
        }
        catch (Exception exception)
        {
            _publisher.RefuseDimension(_metric, $"Its tags could not be read: {exception.GetType().Name}");
            _events.InternalError($"reading the tags of instrument '{_metric}'", exception);
        }
    }

    /// <summary>Begins an observation.</summary>
    internal void BeginObserver()
    {
        _gathered.Clear();
        _observation++;
    }

    /// <summary>Takes over what the observation brought, now that it is whole: levels and totals that are sent as one had to be added up first.</summary>
    internal void EndObserver()
    {
        TimeSpan now = _time.GetPassedTime();
        foreach (TagSeries series in _gathered)
        {
            if (_kind == InstrumentKind.Cumulative)
            {
                series.PutGrowth_ObserverOnly(now);
            }
            else
            {
                series.SetLevel_ObserverOnly(now);
            }
        }

        _gathered.Clear();
        if (_kind is InstrumentKind.Cumulative or InstrumentKind.ObservedLevel)
        {
            // Only after an observation that succeeded: while none does, nobody can tell which tag sets are gone.
            _tagSets.ForgetIf(series => now - series.LastActive >= _idleTimeout);
        }
    }

    /// <summary>Hands over levels, and gauges that had no value since the last time, and lets those go that have been idle for long.</summary>
    internal void Sample(TimeSpan now, Action<MetricSeries, double> putLevel, Action<MetricSeries, double> putGauge)
    {
        switch (_kind)
        {
            case InstrumentKind.Level:
                _tagSets.ForgetIf(series => LeavesLevel(series, now, putLevel));
                break;
            case InstrumentKind.Gauge:
                _tagSets.ForgetIf(series => LeavesGauge(series, now, putGauge));
                break;
            case InstrumentKind.ObservedLevel:
                _tagSets.ForgetIf(series => SampleObserved(series, putLevel));
                break;
        }
    }

    /// <summary>Marks the series whose level or gauge has left as idle since then, so that the collection that follows releases them.</summary>
    internal void MarkLeft_CollectorOnly()
    {
        while (_left.TryDequeue(out (MetricSeries Series, TimeSpan Since) left))
        {
            left.Series.MarkIdle_CollectorOnly(left.Since);
        }
    }

    /// <summary>Forgets the tag sets of samples whose series the collection has released for being idle.</summary>
    internal void ForgetReleased_CollectorOnly()
    {
        if (_kind == InstrumentKind.Sample)
        {
            _tagSets.ForgetIf(series => series.Series.IsReleased);
        }
    }

    /// <summary>Tells how often tags were repaired since the last call.</summary>
    internal void TellRepairs() => _tagSets.TellRepairs();

    private static string MetricOf(Instrument instrument)
    {
        TagRepairs ignored = TagRepairs.None;
        return MetricRules.CheckName(instrument.Name) is null
            ? instrument.Name
            : DimensionText.Write(instrument.Name.TrimStart(':'), MetricLimits.MaxNameLength, ref ignored);
    }

    private static InstrumentKind KindOf(Type type, bool repeatGauges)
    {
        Type shape = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (shape == typeof(UpDownCounter<>))
        {
            return InstrumentKind.Level;
        }

        if (shape == typeof(Gauge<>))
        {
            return repeatGauges ? InstrumentKind.Gauge : InstrumentKind.Sample;
        }

        return shape == typeof(ObservableCounter<>) ? InstrumentKind.Cumulative
            : shape == typeof(ObservableUpDownCounter<>) ? InstrumentKind.ObservedLevel
            : InstrumentKind.Sample;
    }

    private static bool SampleObserved(TagSeries series, Action<MetricSeries, double> putLevel)
    {
        if (series.SampleObserved_SamplerOnly() is { } level)
        {
            putLevel(series.Series, level);
        }

        return false;
    }

    private bool TryTake(TagSeries series, double value)
    {
        switch (_kind)
        {
            case InstrumentKind.Level:
                return series.TryChange(value);
            case InstrumentKind.Gauge:
                return series.TryRecord(value);
            case InstrumentKind.Cumulative or InstrumentKind.ObservedLevel:
                if (series.Gather_ObserverOnly(value, _observation))
                {
                    _gathered.Add(series);
                }

                return true;
            default:
                series.Series.Put(value);
                return true;
        }
    }

    private bool LeavesLevel(TagSeries series, TimeSpan now, Action<MetricSeries, double> putLevel)
    {
        double level = series.SampleLevel_SamplerOnly(now, _isFloatingPoint);

        // The common level of what is over the budget leaves at once when it is back at 0, so that the tag sets to come are told apart again.
        bool isDue = series.IsOverflow || now - series.LastActive >= _idleTimeout;
        if (isDue && series.TryRetireLevel(_isFloatingPoint))
        {
            _left.Enqueue((series.Series, series.LastActive));
            return true;
        }

        putLevel(series.Series, level);
        return false;
    }

    private bool LeavesGauge(TagSeries series, TimeSpan now, Action<MetricSeries, double> putGauge)
    {
        double? value = series.SampleGauge_SamplerOnly(now);
        if (now - series.LastActive >= _idleTimeout && series.TryRetireGauge())
        {
            _left.Enqueue((series.Series, series.LastActive));
            return true;
        }

        if (value is { } again)
        {
            putGauge(series.Series, again);
        }

        return false;
    }
}
