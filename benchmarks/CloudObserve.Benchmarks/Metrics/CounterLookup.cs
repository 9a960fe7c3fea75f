using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using CloudObserve.Metrics;

namespace CloudObserve.Benchmarks.Metrics;

/// <summary>Measures a count with three dimensions that are looked up each time.</summary>
/// <remarks>Target: at most half of OpenTelemetry's time.</remarks>
public class CounterLookup : AggregationBenchmark
{
    private OurMetrics _ours = null!;
    private TheirMetrics _theirs = null!;
    private Counter<long> _counter = null!;
    private IMetricPublisher _publisher = null!;
    private long _put;

    [GlobalSetup(Target = nameof(Put))]
    public void SetupOurs()
    {
        Begin();
        _ours = new OurMetrics();
        _publisher = _ours.Publisher;
        CollectMeanwhile(_ours.Collect);
    }

    [GlobalSetup(Target = nameof(OpenTelemetryAdd))]
    public void SetupTheirs()
    {
        Begin();
        _counter = Meter.CreateCounter<long>("OrdersPlaced");
        _theirs = new TheirMetrics(Meter);
        CollectMeanwhile(() => _theirs.Reader.Collect());
    }

    [GlobalCleanup(Target = nameof(Put))]
    public void CleanupOurs()
    {
        End();
        _ours.Verify(_put, _put);
        _ours.Dispose();
    }

    [GlobalCleanup(Target = nameof(OpenTelemetryAdd))]
    public void CleanupTheirs()
    {
        End();
        _theirs.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void OpenTelemetryAdd()
    {
        ref readonly (string Region, string Tier, string Status) tags = ref Sets.Next();
        _counter.Add(1, new(Region, tags.Region), new(Tier, tags.Tier), new(Status, tags.Status));
    }

    [Benchmark]
    public void Put()
    {
        _put++;
        ref readonly (string Region, string Tier, string Status) tags = ref Sets.Next();
        _publisher.Put("OrdersPlaced", 1, MetricUnit.Count, (Region, tags.Region), (Tier, tags.Tier), (Status, tags.Status));
    }
}
