using CloudObserve.Diagnostics;
using CloudObserve.Metrics;
using CloudObserve.Metrics.Aggregation;
using CloudObserve.Metrics.Meters;
using CloudObserve.Pipeline.Batches;

namespace CloudObserve.Benchmarks.Metrics;

/// <summary>Represents this library's aggregator as the host composes it, without timer and delivery.</summary>
/// <remarks>The benchmark triggers collection.</remarks>
internal sealed class OurMetrics : IDisposable
{
    private readonly SeriesRegistry _registry;
    private readonly MetricCollector _collector;
    private readonly MeterBridge _bridge;
    private readonly ValueEntry[] _entries = new ValueEntry[ValueTable.MaxEntries];

    internal OurMetrics(params string[] meters)
        : this(options => options.AddMeter(meters))
    {
    }

    internal OurMetrics(Action<MetricsOptions> configure)
    {
        MetricsOptions options = new();
        configure(options);
        FailingEvents events = new();
        _registry = new SeriesRegistry(options, TimeProvider.System);
        LossLedger ledger = new("metrics", events, () => _registry.Total, MetricLossReasons.All);
        Publisher = new MetricPublisher("Benchmarks", _registry, new LateSamples(ledger), ledger, events, TimeProvider.System);
        _collector = new MetricCollector(_registry, ledger, options.IdleSeriesTimeout);
        _bridge = new MeterBridge(options, Publisher, events, TimeProvider.System);
        _bridge.Start();
    }

    internal MetricPublisher Publisher { get; }

    /// <summary>Gets the number and the sum of the samples collected so far.</summary>
    internal (long Count, double Sum) Collected { get; private set; }

    public void Dispose() => _bridge.Dispose();

    internal void Collect()
    {
        _bridge.Sample();
        _collector.Collect(StorageResolution.Standard, TimeProvider.System.GetPassedTime(), closing: false, Visit);
    }

    /// <summary>Collects the rest, and fails unless all samples have arrived.</summary>
    internal void Verify(long count, double sum)
    {
        Collect();
        if (Collected.Count != count || Math.Abs(Collected.Sum - sum) > Math.Abs(sum) * 1e-9)
        {
            throw new InvalidOperationException($"{count} samples with the sum {sum} were put, {Collected} arrived");
        }
    }

    private void Visit(SeriesIdentity series, ValueTable table)
    {
        double sum = Collected.Sum;
        foreach (ValueEntry entry in _entries.AsSpan(0, table.CopyTo(_entries)))
        {
            sum += entry.Sum;
        }

        Collected = (Collected.Count + table.Count, sum);
    }
}
