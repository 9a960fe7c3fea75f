using System.Diagnostics.Metrics;
using CloudObserve.Diagnostics;

namespace CloudObserve.Audit;

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

    // Guarded by a lock on the list.
    private readonly List<Func<(string Destination, long Undelivered, TimeSpan OldestAge)>> _shippings = [];

    /// <param name="meters">The host's meter factory, if it has one, so that a test can distinguish hosts.</param>
    internal AuditInstruments(IMeterFactory? meters)
    {
        _meter = meters?.Create(new MeterOptions(CloudObserveMeter.Name)) ?? new Meter(CloudObserveMeter.Name);
        _duration = _meter.CreateHistogram(
            "cloudobserve.audit.commit.duration", "s", "Time to write a group of records to the disk.", advice: Seconds);
        _group = _meter.CreateHistogram<long>(
            "cloudobserve.audit.commit.records", "{record}", "Records written with one flush of the disk.");
        _failures = _meter.CreateCounter<long>("cloudobserve.audit.failures", "{record}", "Recorded actions that failed, by error code.");
        _meter.CreateObservableUpDownCounter(
            "cloudobserve.audit.shipping.undelivered",
            () => Each(s => s.Undelivered),
            "{item}",
            "Records or files on the disk that are not shipped yet.");
        _meter.CreateObservableGauge(
            "cloudobserve.audit.shipping.oldest_age",
            () => Each(s => s.OldestAge.TotalSeconds),
            "s",
            "Age of the oldest record or file that is not shipped yet.");
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

    /// <summary>Adds a callback that reports the backlog of shipping to one destination.</summary>
    /// <param name="read">Returns the destination, the number of undelivered items, and the age of the oldest of them.</param>
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
            return [.. _shippings.Select(read => read())
                .Select(s => new Measurement<T>(value(s), new KeyValuePair<string, object?>("destination", s.Destination)))];
        }
    }
}
