using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CloudObserve.Diagnostics;
using CloudObserve.Metrics.Aggregation;

namespace CloudObserve.Metrics.Meters;

/// <summary>Listens to the selected meters of the process, including instruments created later, and publishes their measurements.</summary>
/// <threadsafety>Safe for concurrent use. Members named CollectorOnly may be called by the one running collection only.</threadsafety>
internal sealed class MeterBridge : IDisposable
{
    private readonly MeterNameFilter _filter;
    private readonly ExpectedNames _expected;
    private readonly MeterListener _listener = new();
    private readonly MetricPublisher _publisher;
    private readonly IDiagnosticEvents _events;
    private readonly TimeProvider _time;
    private readonly MetricsOptions _options;
    private readonly object? _scope;
    private readonly ConcurrentDictionary<Instrument, InstrumentStream> _streams = new();
    private readonly ConcurrentDictionary<Instrument, ObservedInstrument> _observed = new();
    private readonly Lock _lock = new();

    // Guarded by the lock.
    private ObservationRound? _round;

    // 1 while a thread is sampling. Another thread that wants to sample returns instead of waiting.
    private int _sampling;

    // Accessed only by the sampling.
    private readonly Dictionary<SeriesIdentity, (MetricSeries Series, double Level)> _levels = [];
    private readonly List<(MetricSeries Series, double Value)> _gauges = [];

    /// <param name="options">Validated options.</param>
    /// <param name="publisher">Receives the measurements.</param>
    /// <param name="events">Receives reports of faults in the application's callbacks.</param>
    /// <param name="time">The clock.</param>
    /// <param name="scope">The scope of this host's own meters. Meters created by the factory of another host in the process are
    /// ignored.</param>
    internal MeterBridge(
        MetricsOptions options, MetricPublisher publisher, IDiagnosticEvents events, TimeProvider time, object? scope = null)
    {
        _filter = new MeterNameFilter(options.Meters);
        _expected = new ExpectedNames(options.Meters, MeterNameFilter.IsMeant);
        _publisher = publisher;
        _events = events;
        _time = time;
        _options = options;
        _scope = scope;
        _listener.InstrumentPublished = Enable;
        _listener.MeasurementsCompleted = (instrument, _) => Remove(instrument);
        InstrumentStream.Forward(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (ObservedInstrument observed in _observed.Values)
        {
            // Values that a running callback still reports are discarded.
            _ = observed.TryGiveUp();
            observed.Dispose();
        }
    }

    internal void Start()
    {
        if (!_filter.IsEmpty)
        {
            _expected.Begin(_time.GetPassedTime());
            _listener.Start();
        }
    }

    /// <summary>Returns the meter names that no meter has used in time, each once, with the meter that was probably meant.</summary>
    internal IReadOnlyList<(string Name, string? Nearest)> TakeMissingMeters() => _expected.TakeMissing(_time.GetPassedTime());

    /// <summary>Observes the observable instruments on a separate thread.</summary>
    /// <remarks>One observation runs at a time; a caller that arrives while one is running gets the same task.</remarks>
    /// <returns>A task that completes when each instrument was observed or abandoned. It never fails.</returns>
    internal Task ObserveAsync()
    {
        if (_observed.IsEmpty)
        {
            return Task.CompletedTask;
        }

        ObservationRound round;
        lock (_lock)
        {
            if (_round is { Completion.IsCompleted: false })
            {
                return _round.Completion;
            }

            _round = round =
                new ObservationRound([.. _observed.Values], _options.ObservationTimeout, _publisher.SignalName, _events, _time);
        }

        round.Start();
        return round.Completion;
    }

    /// <summary>Adds samples of the levels of up-down counters, and of gauges without a new value since the last sampling.</summary>
    internal void Sample()
    {
        if (Interlocked.CompareExchange(ref _sampling, 1, 0) != 0)
        {
            return;
        }

        try
        {
            _levels.Clear();
            _gauges.Clear();
            foreach (InstrumentStream stream in _streams.Values)
            {
                stream.Sample(_time.GetPassedTime(), AddLevel, (series, value) => _gauges.Add((series, value)));
                stream.TellRepairs();
            }

            PutSampled();
        }
        finally
        {
            Volatile.Write(ref _sampling, 0);
        }
    }

    /// <summary>Prepares a collection, so that it releases series that no longer measure anything.</summary>
    internal void BeforeCollection_CollectorOnly()
    {
        foreach (InstrumentStream stream in _streams.Values)
        {
            stream.MarkLeft_CollectorOnly();
        }
    }

    /// <summary>Removes the tag sets of the series that a collection has released.</summary>
    internal void AfterCollection_CollectorOnly()
    {
        foreach (InstrumentStream stream in _streams.Values)
        {
            stream.ForgetReleased_CollectorOnly();
        }
    }

    private void AddLevel(MetricSeries series, double level)
    {
        // Levels of several instruments that are sent as one series are added up.
        SeriesIdentity identity = series.Identity;
        double before = _levels.TryGetValue(identity, out (MetricSeries Series, double Level) known) ? known.Level : 0;
        _levels[identity] = (series, before + level);
    }

    private void PutSampled()
    {
        foreach ((MetricSeries series, double level) in _levels.Values)
        {
            series.Put(level);
        }

        foreach ((MetricSeries series, double value) in _gauges)
        {
            series.Put(value);
        }
    }

    private void Enable(Instrument instrument, MeterListener listener)
    {
        if (IsOfAnotherHost(instrument.Meter))
        {
            return;
        }

        _expected.Saw(instrument.Meter.Name);
        if (!_filter.Includes(instrument.Meter.Name))
        {
            return;
        }

        try
        {
            // An instrument that is created while the listener starts may be announced twice.
            InstrumentStream stream = new(instrument, _publisher, _events, _time, _options);
            if (!_streams.TryAdd(instrument, stream))
            {
                return;
            }

            if (!instrument.IsObservable)
            {
                listener.EnableMeasurementEvents(instrument, stream);
                return;
            }

            ObservedInstrument observed = new(instrument, stream, Remove);
            _observed[instrument] = observed;
            observed.Enable();
        }
        catch (Exception exception)
        {
            // This code runs inside the application's call that creates the instrument, so it must not throw.
            _events.InternalError($"listening to instrument '{instrument.Name}'", exception);
        }
    }

    private bool IsOfAnotherHost(Meter meter) => meter.Scope is IMeterFactory && !ReferenceEquals(meter.Scope, _scope);

    private void Remove(Instrument instrument)
    {
        _ = _streams.TryRemove(instrument, out _);
        if (_observed.TryRemove(instrument, out ObservedInstrument? observed))
        {
            observed.Dispose();
        }
    }
}
