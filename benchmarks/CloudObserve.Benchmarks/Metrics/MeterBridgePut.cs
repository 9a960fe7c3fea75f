using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace CloudObserve.Benchmarks.Metrics;

/// <summary>
/// Measures the same <c>System.Diagnostics.Metrics</c> instruments with OpenTelemetry and with this library as the listener.
/// </summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class MeterBridgePut : AggregationBenchmark
{
    private readonly Samples _samples = new();
    private OurMetrics _ours = null!;
    private TheirMetrics _theirs = null!;
    private Counter<long> _counter = null!;
    private Histogram<double> _histogram = null!;
    private long _added;

    [GlobalSetup(Targets = [nameof(Add), nameof(Record)])]
    public void SetupOurs()
    {
        Begin();
        CreateInstruments();
        _ours = new OurMetrics(Meter.Name);
        CollectMeanwhile(_ours.Collect);
    }

    [GlobalSetup(Targets = [nameof(OpenTelemetryAdd), nameof(OpenTelemetryRecord)])]
    public void SetupTheirs()
    {
        Begin();
        CreateInstruments();
        _theirs = new TheirMetrics(Meter);
        CollectMeanwhile(() => _theirs.Reader.Collect());
    }

    [GlobalCleanup(Targets = [nameof(Add), nameof(Record)])]
    public void CleanupOurs()
    {
        End();
        _ours.Verify(_added + _samples.Count, _added + _samples.Sum);
        _ours.Dispose();
    }

    [GlobalCleanup(Targets = [nameof(OpenTelemetryAdd), nameof(OpenTelemetryRecord)])]
    public void CleanupTheirs()
    {
        End();
        _theirs.Dispose();
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Counter")]
    public void OpenTelemetryAdd() => AddOne();

    [Benchmark]
    [BenchmarkCategory("Counter")]
    public void Add() => AddOne();

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("Histogram")]
    public void OpenTelemetryRecord() => RecordOne();

    [Benchmark]
    [BenchmarkCategory("Histogram")]
    public void Record() => RecordOne();

    private void CreateInstruments()
    {
        _counter = Meter.CreateCounter<long>("orders.placed");
        _histogram = Meter.CreateHistogram<double>("latency", "ms");
    }

    private void AddOne()
    {
        _added++;
        ref readonly (string Region, string Tier, string Status) tags = ref Sets.Next();
        _counter.Add(1, new(Region, tags.Region), new(Tier, tags.Tier), new(Status, tags.Status));
    }

    private void RecordOne()
    {
        ref readonly (string Region, string Tier, string Status) tags = ref Sets.Next();
        _histogram.Record(_samples.Next(), new(Region, tags.Region), new(Tier, tags.Tier), new(Status, tags.Status));
    }
}
