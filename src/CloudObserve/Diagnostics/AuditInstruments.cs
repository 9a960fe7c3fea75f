using System.Diagnostics.Metrics;

namespace CloudObserve.Diagnostics;

/// <summary>The audit trail's instruments, on the library's meter.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class AuditInstruments : IDisposable
{
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
    };

    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private readonly Histogram<long> _group;
    private readonly Counter<long> _failures;

    // Guarded by itself.
    private readonly List<Func<(string Destination, long Undelivered, TimeSpan OldestAge)>> _shippings = [];

    /// <param name="meters">The host's factory, if it has one, so that a test can tell hosts apart.</param>
    internal AuditInstruments(IMeterFactory? meters)
    {
        _meter = meters?.Create(new MeterOptions(CloudObserveMeter.Name)) ?? new Meter(CloudObserveMeter.Name);
        _duration = _meter.CreateHistogram("cloudobserve.audit.commit.duration", "s", "How long it took to put a group of records on the disk.", advice: Seconds);
        _group = _meter.CreateHistogram<long>("cloudobserve.audit.commit.records", "{record}", "How many records shared one flush of the disk.");
        _failures = _meter.CreateCounter<long>("cloudobserve.audit.failures", "{record}", "Recorded actions that failed, by error code.");
        _meter.CreateObservableUpDownCounter(
            "cloudobserve.audit.shipping.undelivered", () => Each(s => s.Undelivered), "{item}", "Records or files that are on the disk and not shipped yet.");
        _meter.CreateObservableGauge(
            "cloudobserve.audit.shipping.oldest_age", () => Each(s => s.OldestAge.TotalSeconds), "s", "Age of the oldest that is not shipped yet.");
    }

    public void Dispose() => _meter.Dispose();

    internal void Committed(int records, TimeSpan duration)
    {
        if (_duration.Enabled || _group.Enabled)
        {
            _duration.Record(duration.TotalSeconds);
            _group.Record(records);
        }
    }

    /// <summary>Shows how far shipping to one destination is behind.</summary>
    /// <param name="read">Reads the destination, how much is undelivered, and the age of the oldest of it.</param>
    internal void Observe(Func<(string Destination, long Undelivered, TimeSpan OldestAge)> read)
    {
        lock (_shippings)
        {
            _shippings.Add(read);
        }
    }

    internal void Failed(string errorCode)
    {
        if (_failures.Enabled)
        {
            _failures.Add(1, new KeyValuePair<string, object?>("error.code", errorCode));
        }
    }

    private Measurement<T>[] Each<T>(Func<(string Destination, long Undelivered, TimeSpan OldestAge), T> value)
        where T : struct
    {
        lock (_shippings)
        {
            return [.. _shippings.Select(read => read()).Select(s => new Measurement<T>(value(s), new KeyValuePair<string, object?>("destination", s.Destination)))];
        }
    }
}
