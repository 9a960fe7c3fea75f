using System.Diagnostics.Metrics;

namespace CloudObserve.Diagnostics;

/// <summary>The library's own instruments, meter <c>CloudObserve</c>.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class CloudObserveMeter : IDisposable
{
    internal const string Name = "CloudObserve";

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15],
    };

    private readonly Meter _meter;
    private readonly SignalSources _sources;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _splits;
    private readonly Counter<long> _misuses;
    private readonly Counter<long> _changes;
    private readonly Counter<long> _bodyBytes;
    private readonly Counter<long> _wireBytes;

    /// <param name="meters">The host's factory, if it has one, so that a test can tell hosts apart.</param>
    /// <param name="sources">The signals to observe.</param>
    internal CloudObserveMeter(IMeterFactory? meters, SignalSources sources)
    {
        _sources = sources;
        _meter = meters?.Create(new MeterOptions(Name)) ?? new Meter(Name);
        _duration = _meter.CreateHistogram("cloudobserve.delivery.duration", "s", "How long successful requests took.", advice: Seconds);
        _retries = _meter.CreateCounter<long>("cloudobserve.delivery.retries", "{attempt}", "Attempts that failed and are repeated.");
        _splits = _meter.CreateCounter<long>("cloudobserve.delivery.splits", "{batch}", "Batches halved because the service refused them.");
        _misuses = _meter.CreateCounter<long>("cloudobserve.intake.misuses", "{call}", "Calls that broke a rule.");
        _changes = _meter.CreateCounter<long>("cloudobserve.intake.changes", "{item}", "What was kept, but not as it was given.");
        _bodyBytes = _meter.CreateCounter<long>("cloudobserve.request.body", "By", "Bytes of request bodies before compression.");
        _wireBytes = _meter.CreateCounter<long>("cloudobserve.request.wire", "By", "Bytes of request bodies after compression.");
        ObserveLedgers();
        ObserveQueues();
    }

    /// <summary>Gets the scope that the host's factory gives its meters; <see langword="null"/> without a factory.</summary>
    internal object? Scope => _meter.Scope;

    public void Dispose() => _meter.Dispose();

    // Each checks first whether anybody listens: tags cost an allocation that nobody should pay for nothing.
    internal void Delivered(string signal, string operation, TimeSpan latency)
    {
        if (_duration.Enabled)
        {
            _duration.Record(latency.TotalSeconds, Tag("signal", signal), Tag("operation", operation));
        }
    }

    internal void Retried(string signal, string errorClass)
    {
        if (_retries.Enabled)
        {
            _retries.Add(1, Tag("signal", signal), Tag("error.class", errorClass));
        }
    }

    internal void Split(string signal)
    {
        if (_splits.Enabled)
        {
            _splits.Add(1, Tag("signal", signal));
        }
    }

    internal void Misused(string signal, string reason)
    {
        if (_misuses.Enabled)
        {
            _misuses.Add(1, Tag("signal", signal), Tag("reason", reason));
        }
    }

    internal void InputChanged(string signal, string cause, long count)
    {
        if (_changes.Enabled)
        {
            _changes.Add(count, Tag("signal", signal), Tag("cause", cause));
        }
    }

    internal void Sent(string operation, long bytesBefore, long bytesAfter)
    {
        if (_bodyBytes.Enabled)
        {
            _bodyBytes.Add(bytesBefore, Tag("operation", operation));
        }

        if (_wireBytes.Enabled)
        {
            _wireBytes.Add(bytesAfter, Tag("operation", operation));
        }
    }

    private static KeyValuePair<string, object?> Tag(string key, string value) => new(key, value);

    private void ObserveLedgers()
    {
        _meter.CreateObservableCounter("cloudobserve.ledger.accepted", Each(r => r.Accepted), "{item}", "What the application handed in.");
        _meter.CreateObservableCounter("cloudobserve.ledger.delivered", Each(r => r.Delivered), "{item}", "What the destination confirmed.");
        _meter.CreateObservableCounter("cloudobserve.ledger.lost", Losses, "{item}", "What will never arrive, by reason.");
        _meter.CreateObservableUpDownCounter("cloudobserve.ledger.in_flight", Each(r => r.InFlight), "{item}", "What is neither delivered nor lost.");
    }

    private void ObserveQueues()
    {
        _meter.CreateObservableUpDownCounter("cloudobserve.queue.batches", Each(r => (long)r.WaitingBatches), "{batch}", "Batches that wait.");
        _meter.CreateObservableUpDownCounter("cloudobserve.queue.size", Each(r => r.WaitingBytes), "By", "Bytes of the batches that wait.");
        _meter.CreateObservableGauge("cloudobserve.queue.oldest_age", Each(r => r.OldestAge.TotalSeconds), "s", "Age of the oldest batch not delivered.");
        _meter.CreateObservableUpDownCounter("cloudobserve.delivery.requests", Each(r => (long)r.Requests), "{request}", "Requests under way.");
        _meter.CreateObservableGauge("cloudobserve.delivery.limit", Each(r => (long)r.RequestLimit), "{request}", "Requests that may be under way now.");
        _meter.CreateObservableUpDownCounter("cloudobserve.spool.items", Each(r => r.Spooled), "{item}", "What lies on disk until it can be delivered.");
        _meter.CreateObservableUpDownCounter("cloudobserve.spool.size", Each(r => r.SpoolBytes), "By", "Bytes of the files in which it lies.");
    }

    private Func<IEnumerable<Measurement<T>>> Each<T>(Func<SignalReading, T> value)
        where T : struct =>
        () => _sources.ReadAll().Select(r => new Measurement<T>(value(r.Value), Tag("signal", r.Key)));

    private IEnumerable<Measurement<long>> Losses() =>
        from reading in _sources.ReadAll()
        from lost in reading.Value.Lost
        select new Measurement<long>(lost.Value, Tag("signal", reading.Key), Tag("reason", lost.Key));
}
