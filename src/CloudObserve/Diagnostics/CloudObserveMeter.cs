using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CloudObserve.Diagnostics;

/// <summary>The library's own instruments, on the meter <c>CloudObserve</c>.</summary>
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

    // Counted here and exposed by observable counters: Counter.Add would run the application's listeners on the reporting thread, which may
    // hold a lock.
    private readonly Tally _retries = new("signal", "error.class");
    private readonly Tally _splits = new("signal");
    private readonly Tally _misuses = new("signal", "reason");
    private readonly Tally _changes = new("signal", "cause");
    private readonly Tally _bodyBytes = new("operation");
    private readonly Tally _wireBytes = new("operation");

    /// <param name="meters">The host's meter factory, if it has one, so that a test can distinguish hosts.</param>
    /// <param name="sources">The signals to observe.</param>
    internal CloudObserveMeter(IMeterFactory? meters, SignalSources sources)
    {
        _sources = sources;
        _meter = meters?.Create(new MeterOptions(Name)) ?? new Meter(Name);
        _duration = _meter.CreateHistogram("cloudobserve.delivery.duration", "s", "Duration of successful requests.", advice: Seconds);
        ObserveEvents();
        ObserveLedgers();
        ObserveQueues();
    }

    /// <summary>Gets the scope that the host's factory gives its meters, or <see langword="null"/> without a factory.</summary>
    internal object? Scope => _meter.Scope;

    public void Dispose() => _meter.Dispose();

    /// <summary>Gets a value indicating whether a listener measures the duration of deliveries.</summary>
    internal bool MeasuresDeliveries => _duration.Enabled;

    /// <summary>Records the duration of a delivery. Runs the application's listeners.</summary>
    internal void Delivered(string signal, string operation, TimeSpan latency) =>
        _duration.Record(latency.TotalSeconds, Tag("signal", signal), Tag("operation", operation));

    internal void Retried(string signal, string errorClass) => _retries.Add(1, signal, errorClass);

    internal void Split(string signal) => _splits.Add(1, signal);

    internal void Misused(string signal, string reason) => _misuses.Add(1, signal, reason);

    internal void InputChanged(string signal, string cause, long count) => _changes.Add(count, signal, cause);

    internal void Sent(string operation, long bytesBefore, long bytesAfter)
    {
        _bodyBytes.Add(bytesBefore, operation);
        _wireBytes.Add(bytesAfter, operation);
    }

    private static KeyValuePair<string, object?> Tag(string key, string value) => new(key, value);

    private void ObserveEvents()
    {
        _meter.CreateObservableCounter("cloudobserve.delivery.retries", _retries.Read, "{attempt}", "Failed attempts that are retried.");
        _meter.CreateObservableCounter(
            "cloudobserve.delivery.splits", _splits.Read, "{batch}", "Batches split in halves because the service refused them.");
        _meter.CreateObservableCounter("cloudobserve.intake.misuses", _misuses.Read, "{call}", "Calls that broke a rule.");
        _meter.CreateObservableCounter("cloudobserve.intake.changes", _changes.Read, "{item}", "Items kept in a changed form.");
        _meter.CreateObservableCounter("cloudobserve.request.body", _bodyBytes.Read, "By", "Bytes of request bodies before compression.");
        _meter.CreateObservableCounter("cloudobserve.request.wire", _wireBytes.Read, "By", "Bytes of request bodies after compression.");
    }

    private void ObserveLedgers()
    {
        _meter.CreateObservableCounter("cloudobserve.ledger.accepted", Each(r => r.Accepted), "{item}", "Items the application passed in.");
        _meter.CreateObservableCounter(
            "cloudobserve.ledger.delivered", Each(r => r.Delivered), "{item}", "Items the destination confirmed.");
        _meter.CreateObservableCounter("cloudobserve.ledger.lost", Losses, "{item}", "Items that will never arrive, by reason.");
        _meter.CreateObservableUpDownCounter(
            "cloudobserve.ledger.in_flight", Each(r => r.InFlight), "{item}", "Items neither delivered nor lost.");
    }

    private void ObserveQueues()
    {
        _meter.CreateObservableUpDownCounter(
            "cloudobserve.queue.batches", Each(r => (long)r.WaitingBatches), "{batch}", "Waiting batches.");
        _meter.CreateObservableUpDownCounter("cloudobserve.queue.size", Each(r => r.WaitingBytes), "By", "Bytes of waiting batches.");
        _meter.CreateObservableGauge(
            "cloudobserve.queue.oldest_age", Each(r => r.OldestAge.TotalSeconds), "s", "Age of the oldest undelivered batch.");
        _meter.CreateObservableUpDownCounter(
            "cloudobserve.delivery.requests", Each(r => (long)r.Requests), "{request}", "Running requests.");
        _meter.CreateObservableGauge(
            "cloudobserve.delivery.limit", Each(r => (long)r.RequestLimit), "{request}", "Current maximum number of running requests.");
        _meter.CreateObservableUpDownCounter(
            "cloudobserve.spool.items", Each(r => r.Spooled), "{item}", "Items on disk until they can be delivered.");
        _meter.CreateObservableUpDownCounter("cloudobserve.spool.size", Each(r => r.SpoolBytes), "By", "Bytes of the spool files.");
    }

    private Func<IEnumerable<Measurement<T>>> Each<T>(Func<SignalReading, T> value)
        where T : struct =>
        () => _sources.ReadAll().Select(r => new Measurement<T>(value(r.Value), Tag("signal", r.Key)));

    private IEnumerable<Measurement<long>> Losses() =>
        from reading in _sources.ReadAll()
        from lost in reading.Value.Lost
        select new Measurement<long>(lost.Value, Tag("signal", reading.Key), Tag("reason", lost.Key));

    /// <summary>Totals by one or two tags, whose values come from the library itself and are few.</summary>
    private sealed class Tally(string name, string? secondName = null)
    {
        private readonly ConcurrentDictionary<(string Value, string Second), long> _totals = new();

        internal void Add(long count, string value, string second = "") =>
            _totals.AddOrUpdate((value, second), static (_, added) => added, static (_, before, added) => before + added, count);

        internal IEnumerable<Measurement<long>> Read() => _totals.Select(t => secondName is null
            ? new Measurement<long>(t.Value, Tag(name, t.Key.Value))
            : new Measurement<long>(t.Value, Tag(name, t.Key.Value), Tag(secondName, t.Key.Second)));
    }
}
