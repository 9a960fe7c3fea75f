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

    /// <param name="meters">The host's factory, if it has one, so that a test can tell hosts apart.</param>
    internal AuditInstruments(IMeterFactory? meters)
    {
        _meter = meters?.Create(new MeterOptions(CloudObserveMeter.Name)) ?? new Meter(CloudObserveMeter.Name);
        _duration = _meter.CreateHistogram("cloudobserve.audit.commit.duration", "s", "How long it took to put a group of records on the disk.", advice: Seconds);
        _group = _meter.CreateHistogram<long>("cloudobserve.audit.commit.records", "{record}", "How many records shared one flush of the disk.");
        _failures = _meter.CreateCounter<long>("cloudobserve.audit.failures", "{record}", "Recorded actions that failed, by error code.");
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

    internal void Failed(string errorCode)
    {
        if (_failures.Enabled)
        {
            _failures.Add(1, new KeyValuePair<string, object?>("error.code", errorCode));
        }
    }
}
