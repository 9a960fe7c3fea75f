using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CloudObserve.Contracts;
using CloudObserve.Diagnostics;

namespace CloudObserve.Metrics.Meters;

/// <summary>Passes the measurements of one instrument to its series.</summary>
/// <threadsafety>
/// <see cref="Record"/> is safe for concurrent use. Members named Observer may be called by the one running observation only,
/// <see cref="Sample"/> by the one running sampling only, and members named CollectorOnly by the one running collection only.
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

    // Series whose level or gauge has retired: added by the sampling, removed by the collection.
    private readonly ConcurrentQueue<(MetricSeries Series, TimeSpan Since)> _left = new();

    // Set once, before the instrument is enabled, if the instrument is observable.
    private ObservedInstrument? _observed;

    // Accessed only by the observation.
    private readonly List<TagSeries> _gathered = [];
    private long _observation;

    internal InstrumentStream(
        Instrument instrument, MetricPublisher publisher, IDiagnosticEvents events, TimeProvider time, MetricsOptions options)
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

    /// <summary>Registers callbacks that pass measurements of every number type to the stream of their instrument.</summary>
    internal static void Forward(MeterListener listener)
    {
        listener.SetMeasurementEventCallback<byte>(static (_, value, tags, stream) => ((InstrumentStream)stream!).Record(value, tags));
        listener.SetMeasurementEventCallback<short>(static (_, value, tags, stream) => ((InstrumentStream)stream!).Record(value, tags));
        listener.SetMeasurementEventCallback<int>(static (_, value, tags, stream) => ((InstrumentStream)stream!).Record(value, tags));
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, stream) => ((InstrumentStream)stream!).Record(value, tags));
        listener.SetMeasurementEventCallback<float>(static (_, value, tags, stream) => ((InstrumentStream)stream!).Record(value, tags));
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, stream) => ((InstrumentStream)stream!).Record(value, tags));
        listener.SetMeasurementEventCallback<decimal>(
            static (_, value, tags, stream) => ((InstrumentStream)stream!).Record((double)value, tags));
    }

    /// <summary>Makes the stream accept measurements only while an observation is running.</summary>
    internal void ObserveBy(ObservedInstrument observed) => _observed = observed;

    /// <summary>Records a measurement.</summary>
    /// <remarks>Throws only if the measurement belongs to an abandoned observation; the exception ends the callback.</remarks>
    internal void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        _observed?.ThrowIfGivenUp();

        // Checked before the value is added to a level or total, because a sum that includes NaN stays NaN.
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
                // The series has just retired. Bind takes the same lock, so it waits until retirement is complete and then creates the
                // series again.
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

    /// <summary>Takes over the values of a completed observation.</summary>
    /// <remarks>Levels and totals that are sent as one series are added up before they are taken over.</remarks>
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
            // Only after a successful observation: without one, it is unknown which tag sets have ended.
            _tagSets.ForgetIf(series => now - series.LastActive >= _idleTimeout);
        }
    }

    /// <summary>Passes on levels and the gauges without a new value, and removes series that have been idle too long.</summary>
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

    /// <summary>Marks retired levels and gauges as idle, so that the next collection releases their series.</summary>
    internal void MarkLeft_CollectorOnly()
    {
        while (_left.TryDequeue(out (MetricSeries Series, TimeSpan Since) left))
        {
            left.Series.MarkIdle_CollectorOnly(left.Since);
        }
    }

    /// <summary>Removes the tag sets whose series the collection has released as idle.</summary>
    internal void ForgetReleased_CollectorOnly()
    {
        if (_kind == InstrumentKind.Sample)
        {
            _tagSets.ForgetIf(series => series.Series.IsReleased);
        }
    }

    /// <summary>Reports how often tags were repaired since the last call.</summary>
    internal void TellRepairs() => _tagSets.TellRepairs();

    private static string MetricOf(Instrument instrument)
    {
        TagRepairs ignored = TagRepairs.None;
        return MetricRules.CheckName(instrument.Name) is null
            ? instrument.Name
            : DimensionText.Write(instrument.Name.TrimStart(':'), ServiceLimits.PutMetricData.MaxNameLength, ref ignored);
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

        // The common level of tag sets over the budget retires as soon as it is 0 again, so that later tag sets get their own series.
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
