using BenchmarkDotNet.Attributes;
using CloudObserve.Metrics;

namespace CloudObserve.Benchmarks.Metrics;

/// <summary>Measures a count on a series that was bound once.</summary>
/// <remarks>The baseline is the smallest cost of a shared counter. Target: at most three times the baseline.</remarks>
public class BoundPutBenchmarks
{
    private const int Operations = 1 << 18;

    private readonly OurMetrics _ours = new();
    private MetricSeries _series = null!;
    private ThreadTeam _team = null!;
    private long _counter;
    private long _put;

    /// <summary>Gets or sets the number of threads that share the operations.</summary>
    [Params(1, 2, 4, 8)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _series = _ours.Publisher.Series("OrdersPlaced", MetricUnit.Count, ("Region", "eu-central-1"));
        _team = new ThreadTeam(Threads);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _team.Dispose();
        _ours.Verify(_put, _put);
        _ours.Dispose();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Operations)]
    public void InterlockedIncrement() => _team.Run(() =>
    {
        for (int i = Operations / Threads; i > 0; i--)
        {
            _ = Interlocked.Increment(ref _counter);
        }
    });

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Put()
    {
        _put += Operations;
        _team.Run(PutAll);
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public void PutWhileCollected()
    {
        _put += Operations;
        using BackgroundCollection collection = new(_ours.Collect);
        _team.Run(PutAll);
    }

    private void PutAll()
    {
        MetricSeries series = _series;
        for (int i = Operations / Threads; i > 0; i--)
        {
            series.Put(1);
        }
    }
}
