using CloudObserve.Diagnostics;
using CloudObserve.Metrics.Aggregation;
using CloudObserve.Metrics.Meters;
using CloudObserve.Metrics.Wire;
using CloudObserve.Pipeline;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Metrics;

/// <summary>Runs the metrics of a host: closes periods when the clock says so, encodes what was collected, and publishes it on its own beat.</summary>
/// <remarks>
/// Collecting and publishing are apart. A period is collected when it ends, so its samples carry the right stamp in every process at once; what
/// was collected waits, encoded, for the process's own moment inside the publish interval, so that a fleet does not send as one.
/// </remarks>
/// <threadsafety>Safe for concurrent use; one collection runs at a time.</threadsafety>
internal sealed class MetricsSignal : ISignal
{
    private readonly MetricsOptions _options;
    private readonly SeriesRegistry _registry;
    private readonly LateSamples _late;
    private readonly MetricCollector _collector;
    private readonly BookedEncoder _encoder;
    private readonly MeterBridge _bridge;
    private readonly DeliveryLoop _loop;
    private readonly IDiagnosticEvents _events;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();

    // All below is guarded by the gate.
    private readonly PeriodClock _minutes;
    private readonly PeriodClock? _seconds;
    private DateTimeOffset _nextPublish;
    private ITimer? _timer;
    private bool _closed;

    /// <summary>Initializes a new instance of the <see cref="MetricsSignal"/> class.</summary>
    /// <param name="parts">What it is made of.</param>
    /// <param name="options">Validated options.</param>
    /// <param name="offset">Where inside the publish interval this process sends: 0 up to, not including, 1.</param>
    internal MetricsSignal(MetricsParts parts, MetricsOptions options, double offset)
    {
        _options = options;
        _registry = parts.Registry;
        _late = parts.Late;
        _bridge = parts.Bridge;
        _loop = parts.Loop;
        _events = parts.Events;
        _time = parts.Time;
        Ledger = parts.Ledger;
        _collector = new MetricCollector(_registry, Ledger, options.IdleSeriesTimeout);
        _encoder = new BookedEncoder(parts.Encoder, Ledger, _events);
        DateTimeOffset now = _time.GetUtcNow();
        _minutes = new PeriodClock(StorageResolution.Standard, now);
        _seconds = options.PerMetric.Values.Any(m => m.Resolution == StorageResolution.High)
            ? new PeriodClock(StorageResolution.High, now)
            : null;
        _nextPublish = now + (options.PublishInterval * offset);
    }

    public LossLedger Ledger { get; }

    /// <summary>Gets how many series there are now.</summary>
    internal int SeriesCount => _registry.Count;

    public DeliveryGauges Gauges => _loop.Gauges;

    public void Start()
    {
        lock (_gate)
        {
            if (_timer is not null || _closed)
            {
                return;
            }

            _loop.Start();
            _bridge.Start();

            // The timer would otherwise keep, and show to its callbacks, whatever context happened to start the host.
            using (ExecutionContext.SuppressFlow())
            {
                _timer = _time.CreateTimer(static state => ((MetricsSignal)state!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            Schedule_NeedsLock();
        }
    }

    public Task FlushAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                CollectAll_NeedsLock(closing: false);
                Publish_NeedsLock();
            }
        }

        return _loop.FlushAsync(cancellationToken);
    }

    public Task CloseAsync(CancellationToken deadline)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _closed = true;
                _timer?.Dispose();
                CollectLast_NeedsLock();
                Publish_NeedsLock();
            }
        }

        return _loop.CloseAsync(deadline);
    }

    private void CollectLast_NeedsLock()
    {
        _bridge.Collect();
        _bridge.Dispose();
        _registry.Close();
        CollectAll_NeedsLock(closing: true);
    }

    private void Tick()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            try
            {
                DoWhatIsDue_NeedsLock(_time.GetUtcNow());
            }
            catch (Exception exception)
            {
                // A fault of ours in one beat must not end all later ones; it is reported, and the beat goes on.
                _events.InternalError("collecting metrics", exception);
            }

            Schedule_NeedsLock();
        }
    }

    private void DoWhatIsDue_NeedsLock(DateTimeOffset now)
    {
        // Further ahead than one interval means that the clock was set back: waiting for it to catch up would stop publishing for as long.
        bool publish = now >= _nextPublish || now < _nextPublish - _options.PublishInterval;
        if (_minutes.IsOver(now))
        {
            _bridge.Collect();
            _ = _minutes.TryAdvance(now, out DateTimeOffset minute);
            Collect_NeedsLock(StorageResolution.Standard, minute, closing: false);
        }
        else if (publish && _options.PublishInterval < TimeSpan.FromSeconds((int)StorageResolution.Standard))
        {
            _bridge.Collect();
            Collect_NeedsLock(StorageResolution.Standard, _minutes.OpenStart, closing: false);
        }

        if (_seconds is not null && _seconds.TryAdvance(now, out DateTimeOffset second))
        {
            Collect_NeedsLock(StorageResolution.High, second, closing: false);
        }

        if (publish)
        {
            DrainLate_NeedsLock(closing: false);
            Publish_NeedsLock();
            _nextPublish = NextPublishAfter(now);
        }
    }

    /// <summary>Keeps the beat of this process, skipping what was missed.</summary>
    private DateTimeOffset NextPublishAfter(DateTimeOffset now)
    {
        long missed = (now - _nextPublish).Ticks / _options.PublishInterval.Ticks;
        DateTimeOffset next = _nextPublish + (_options.PublishInterval * (missed + 1));
        return next - now > _options.PublishInterval ? next - _options.PublishInterval : next;
    }

    private void CollectAll_NeedsLock(bool closing)
    {
        DateTimeOffset now = _time.GetUtcNow();
        if (!closing)
        {
            _bridge.Collect();
        }

        DateTimeOffset minute = _minutes.TryAdvance(now, out DateTimeOffset closedMinute) ? closedMinute : _minutes.OpenStart;
        Collect_NeedsLock(StorageResolution.Standard, minute, closing);
        if (_seconds is not null)
        {
            DateTimeOffset second = _seconds.TryAdvance(now, out DateTimeOffset closedSecond) ? closedSecond : _seconds.OpenStart;
            Collect_NeedsLock(StorageResolution.High, second, closing);
        }

        DrainLate_NeedsLock(closing);
    }

    private void Collect_NeedsLock(StorageResolution resolution, DateTimeOffset period, bool closing) =>
        _collector.Collect(resolution, _time.GetUtcNow(), closing, (series, table) => _encoder.Add(series, table, period));

    private void DrainLate_NeedsLock(bool closing) => _late.Drain(closing, _encoder.Add);

    private void Publish_NeedsLock()
    {
        foreach (Batch batch in _encoder.TakeBatches())
        {
            _loop.Enqueue(batch);
        }
    }

    private void Schedule_NeedsLock()
    {
        DateTimeOffset next = _minutes.OpenEnd < _nextPublish ? _minutes.OpenEnd : _nextPublish;
        if (_seconds is not null && _seconds.OpenEnd < next)
        {
            next = _seconds.OpenEnd;
        }

        // Timers may come a moment early; rounding up to the millisecond they count in keeps that from costing a second wake-up.
        double wait = Math.Ceiling((next - _time.GetUtcNow()).TotalMilliseconds);
        double longest = _options.PublishInterval.TotalMilliseconds;
        _ = _timer!.Change(TimeSpan.FromMilliseconds(Math.Clamp(wait, 0, longest)), Timeout.InfiniteTimeSpan);
    }
}
