using System.Diagnostics.CodeAnalysis;
using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Metrics.Aggregation;
using CloudObserve.Metrics.Meters;
using CloudObserve.Metrics.Wire;
using CloudObserve.Pipeline;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Metrics;

/// <summary>
/// Runs the metrics of a host: closes periods by the clock, encodes the collected samples, and publishes them at an interval.
/// </summary>
/// <remarks>
/// Collecting and publishing are separate. A period is collected when it ends, so its samples get the same timestamp in every process. The
/// encoded samples then wait for the process's own offset within the publish interval, so that instances do not publish at the same moment.
/// </remarks>
/// <threadsafety>Safe for concurrent use; one collection runs at a time.</threadsafety>
[SuppressMessage("Design", "CA1001", Justification = "Closing disposes of the timer; the semaphore never creates its wait handle.")]
internal sealed class MetricsSignal : ISignal
{
    private readonly MetricsOptions _options;
    private readonly SeriesRegistry _registry;
    private readonly LateSamples _late;
    private readonly MetricCollector _collector;
    private readonly LossCountingEncoder _encoder;
    private readonly MeterBridge _bridge;
    private readonly DeliveryLoop _loop;
    private readonly IDiagnosticEvents _events;
    private readonly TimeProvider _time;

    // One collection at a time. A semaphore instead of a lock, so that a waiting caller can stop at its own deadline.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _started;
    private Task? _closing;

    // All fields below are accessed only by the caller that holds the semaphore.
    private readonly PeriodClock _minutes;
    private readonly PeriodClock? _seconds;
    private DateTimeOffset _nextPublish;
    private ITimer? _timer;
    private bool _closed;

    /// <summary>Initializes a new instance of the <see cref="MetricsSignal"/> class.</summary>
    /// <param name="parts">The components.</param>
    /// <param name="options">Validated options.</param>
    /// <param name="offset">The position within the publish interval at which this process sends: 0 (inclusive) to 1 (exclusive).</param>
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
        _encoder = new LossCountingEncoder(parts.Encoder, Ledger, _events);
        DateTimeOffset now = _time.GetUtcNow();
        _minutes = new PeriodClock(StorageResolution.Standard, now);
        _seconds = options.PerMetric.Values.Any(m => m.Resolution == StorageResolution.High)
            ? new PeriodClock(StorageResolution.High, now)
            : null;
        _nextPublish = now + (options.PublishInterval * offset);
    }

    public LossLedger Ledger { get; }

    /// <summary>Gets the current number of series.</summary>
    internal int SeriesCount => _registry.Count;

    public DeliveryGauges Gauges => _loop.Gauges;

    public void Start()
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
        {
            return;
        }

        // Called without the semaphore, because tags of the application's meters are read here.
        _loop.Start();
        _bridge.Start();
        _turn.Wait();
        if (!_closed)
        {
            StartTimer_NeedsTurn();
        }

        _ = _turn.Release();
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await ObserveAsync(cancellationToken).ConfigureAwait(false);
        await CollectAsync(closing: false, cancellationToken).ConfigureAwait(false);
        await _loop.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task CloseAsync(CancellationToken deadline)
    {
        TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return Interlocked.CompareExchange(ref _closing, closed.Task, null) ?? CloseOnceAsync(closed, deadline);
    }

    private async Task CloseOnceAsync(TaskCompletionSource closed, CancellationToken deadline)
    {
        try
        {
            await ObserveAsync(deadline).Inline();
            _bridge.Sample();
            _bridge.Dispose();
            _registry.Close();
            await CollectAsync(closing: true, deadline).Inline();
            await _loop.CloseAsync(deadline).Inline();
        }
        finally
        {
            closed.SetResult();
        }
    }

    /// <summary>Observes the application's instruments and waits for them until the token is cancelled. Does not throw.</summary>
    private async Task ObserveAsync(CancellationToken cancellationToken)
    {
        Task observed = _bridge.ObserveAsync();
        if (observed.IsCompleted)
        {
            return;
        }

        await WaitAtMostAsync(observed, _options.ObservationTimeout / 4, cancellationToken).Inline();
        if (!observed.IsCompleted)
        {
            // A callback hangs. The other data is sent now, so that it arrives even if the deadline comes before the callback returns.
            await CollectAsync(closing: false, cancellationToken).Inline();
            await WaitAtMostAsync(observed, Timeout.InfiniteTimeSpan, cancellationToken).Inline();
        }
    }

    private async Task WaitAtMostAsync(Task work, TimeSpan atMost, CancellationToken cancellationToken)
    {
        // WaitAsync with a time-out disposes of its timer only after its continuations have begun, so a closed library could still have a
        // timer.
        using CancellationTokenSource over = new(atMost, _time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        await work.WaitAsync(linked.Token).Inline(suppressesThrowing: true);
    }

    private async Task CollectAsync(bool closing, CancellationToken cancellationToken)
    {
        _bridge.Sample();
        if (!_turn.Wait(0, CancellationToken.None))
        {
            // A semaphore that is released continues its waiters on the thread pool, which may be exhausted. A flush and a close may end at
            // their token instead, because the token's continuation runs on the thread that cancels it.
            Task turn = _turn.WaitAsync(cancellationToken);
            await turn.Inline(suppressesThrowing: true);
            if (!turn.IsCompletedSuccessfully)
            {
                return;
            }
        }

        try
        {
            if (!_closed)
            {
                _closed = closing;
                CollectAll_NeedsTurn(closing);
                Publish_NeedsTurn();
            }
        }
        finally
        {
            _ = _turn.Release();
        }
    }

    private void StartTimer_NeedsTurn()
    {
        // Otherwise the timer would capture the execution context in which the host was started, and callbacks would see it.
        using (ExecutionContext.SuppressFlow())
        {
            _timer = _time.CreateTimer(
                static state => ((MetricsSignal)state!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        Schedule_NeedsTurn();
    }

    private void Tick()
    {
        Exception? exception = IsObservationDue() ? Observe() : null;
        _turn.Wait();
        if (!_closed)
        {
            exception = DoWhatIsDue_NeedsTurn(_time.GetUtcNow()) ?? exception;
            Schedule_NeedsTurn();
        }

        _ = _turn.Release();
        TellUnused();
        if (exception is not null)
        {
            // A fault in one tick must not stop later ticks; it is reported, and the timer continues.
            _events.InternalError("collecting metrics", exception);
        }
    }

    // Called without the semaphore. A waiting time of ten minutes need not be checked more often than once per tick.
    private void TellUnused()
    {
        foreach ((string meter, string? nearest) in _bridge.TakeMissingMeters())
        {
            string hint = nearest is null ? "" : $" The nearest name among the meters of this process is '{nearest}'.";
            _events.Noticed(MetricMessages.SettingUnused(
                Ledger.Signal, "CloudObserve:Metrics:Meters", $"No meter '{meter}' has made an instrument within ten minutes.{hint}"));
        }

        foreach ((string metric, string dimension, string? nearest) in _registry.TakeMissingRollUps())
        {
            string hint = nearest is null ? "" : $" The nearest name among its dimensions is '{nearest}'.";
            _events.Noticed(MetricMessages.SettingUnused(
                Ledger.Signal,
                $"CloudObserve:Metrics:PerMetric:{metric}:RollUps",
                $"No series of the metric has had the dimension '{dimension}' within ten minutes, so it is not rolled up by it.{hint}"));
        }
    }

    private Exception? Observe()
    {
        try
        {
            // The observation ends by the clock. A manually advanced clock stands still while this runs on the thread that advances it, so
            // the wait has a limit.
            _ = _bridge.ObserveAsync().Wait((_options.ObservationTimeout * 4) + TimeSpan.FromSeconds(1));
            _bridge.Sample();
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private bool IsObservationDue()
    {
        _turn.Wait();
        DateTimeOffset now = _time.GetUtcNow();
        bool isDue = !_closed && (_minutes.IsOver(now) || (IsPublishDue_NeedsTurn(now) && PublishesOpenMinutes));
        _ = _turn.Release();
        return isDue;
    }

    private bool PublishesOpenMinutes => _options.PublishInterval < TimeSpan.FromSeconds((int)StorageResolution.Standard);

    // If the next publication is more than one interval ahead, the clock was set back. Waiting for it to catch up would stop publication
    // for that long.
    private bool IsPublishDue_NeedsTurn(DateTimeOffset now) => now >= _nextPublish || now < _nextPublish - _options.PublishInterval;

    private Exception? DoWhatIsDue_NeedsTurn(DateTimeOffset now)
    {
        try
        {
            bool publish = IsPublishDue_NeedsTurn(now);
            if (_minutes.TryAdvance(now, out DateTimeOffset minute))
            {
                Collect_NeedsTurn(StorageResolution.Standard, minute, closing: false);
            }
            else if (publish && PublishesOpenMinutes)
            {
                Collect_NeedsTurn(StorageResolution.Standard, _minutes.OpenStart, closing: false);
            }

            if (_seconds is not null && _seconds.TryAdvance(now, out DateTimeOffset second))
            {
                Collect_NeedsTurn(StorageResolution.High, second, closing: false);
            }

            if (publish)
            {
                DrainLate_NeedsTurn(closing: false);
                Publish_NeedsTurn();
                _nextPublish = NextPublishAfter(now);
            }

            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    /// <summary>Returns the next publication time at this process's offset, skipping missed ones.</summary>
    private DateTimeOffset NextPublishAfter(DateTimeOffset now)
    {
        long missed = (now - _nextPublish).Ticks / _options.PublishInterval.Ticks;
        DateTimeOffset next = _nextPublish + (_options.PublishInterval * (missed + 1));
        return next - now > _options.PublishInterval ? next - _options.PublishInterval : next;
    }

    private void CollectAll_NeedsTurn(bool closing)
    {
        if (closing)
        {
            _timer?.Dispose();
        }

        DateTimeOffset now = _time.GetUtcNow();
        DateTimeOffset minute = _minutes.TryAdvance(now, out DateTimeOffset closedMinute) ? closedMinute : _minutes.OpenStart;
        Collect_NeedsTurn(StorageResolution.Standard, minute, closing);
        if (_seconds is not null)
        {
            DateTimeOffset second = _seconds.TryAdvance(now, out DateTimeOffset closedSecond) ? closedSecond : _seconds.OpenStart;
            Collect_NeedsTurn(StorageResolution.High, second, closing);
        }

        DrainLate_NeedsTurn(closing);
    }

    private void Collect_NeedsTurn(StorageResolution resolution, DateTimeOffset period, bool closing)
    {
        _bridge.BeforeCollection_CollectorOnly();
        _collector.Collect(resolution, _time.GetPassedTime(), closing, (series, table) => _encoder.Add(series, table, period));
        _bridge.AfterCollection_CollectorOnly();
    }

    private void DrainLate_NeedsTurn(bool closing) => _late.Drain(closing, _encoder.Add);

    private void Publish_NeedsTurn()
    {
        foreach (Batch batch in _encoder.TakeBatches())
        {
            _loop.Enqueue(batch);
        }
    }

    private void Schedule_NeedsTurn()
    {
        DateTimeOffset next = _minutes.OpenEnd < _nextPublish ? _minutes.OpenEnd : _nextPublish;
        if (_seconds is not null && _seconds.OpenEnd < next)
        {
            next = _seconds.OpenEnd;
        }

        // Timers may fire slightly early. Rounding up to whole milliseconds, the timer's unit, avoids a second wake-up.
        double wait = Math.Ceiling((next - _time.GetUtcNow()).TotalMilliseconds);
        double longest = _options.PublishInterval.TotalMilliseconds;
        _ = _timer!.Change(TimeSpan.FromMilliseconds(Math.Clamp(wait, 0, longest)), Timeout.InfiniteTimeSpan);
    }
}
