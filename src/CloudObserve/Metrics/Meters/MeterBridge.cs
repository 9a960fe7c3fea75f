using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CloudObserve.Diagnostics;

namespace CloudObserve.Metrics.Meters;

/// <summary>Listens to the chosen meters of the process, including instruments that are made later, and publishes what they measure.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class MeterBridge : IDisposable
{
    private readonly MeterNameFilter _filter;
    private readonly MeterListener _listener = new();
    private readonly MetricPublisher _publisher;
    private readonly IDiagnosticEvents _events;
    private readonly int _maxTagSets;
    private readonly ConcurrentDictionary<Instrument, InstrumentStream> _streams = new();

    internal MeterBridge(MetricsOptions options, MetricPublisher publisher, IDiagnosticEvents events)
    {
        _filter = new MeterNameFilter(options.Meters);
        _publisher = publisher;
        _events = events;
        _maxTagSets = options.MaxSeriesPerMetric;
        _listener.InstrumentPublished = Enable;
        _listener.MeasurementsCompleted = (instrument, _) => _streams.TryRemove(instrument, out InstrumentStream? _);
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, stream) => Record(stream, value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, stream) => Record(stream, value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, stream) => Record(stream, value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, stream) => Record(stream, value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, stream) => Record(stream, value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, stream) => Record(stream, value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, stream) => Record(stream, (double)value, tags));
    }

    public void Dispose() => _listener.Dispose();

    internal void Start()
    {
        if (!_filter.IsEmpty)
        {
            _listener.Start();
        }
    }

    /// <summary>Observes the observable instruments and samples the levels of up-down counters.</summary>
    internal void Collect()
    {
        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException exception)
        {
            // Callbacks of the application threw; the listener has called all the others all the same.
            _events.InternalError("observing the application's instruments", exception);
        }

        foreach (InstrumentStream stream in _streams.Values)
        {
            stream.Collect();
        }
    }

    private static void Record(object? stream, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((InstrumentStream)stream!).Record(value, tags);

    private void Enable(Instrument instrument, MeterListener listener)
    {
        if (_filter.Includes(instrument.Meter.Name))
        {
            InstrumentStream stream = _streams.GetOrAdd(instrument, i => new InstrumentStream(i, _publisher, _events, _maxTagSets));
            listener.EnableMeasurementEvents(instrument, stream);
        }
    }
}
