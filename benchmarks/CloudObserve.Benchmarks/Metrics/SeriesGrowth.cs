using System.Globalization;
using BenchmarkDotNet.Attributes;
using CloudObserve.Metrics;

namespace CloudObserve.Benchmarks.Metrics;

/// <summary>Measures a look-up by the number of series, which determines how far away their memory is.</summary>
public class SeriesGrowth
{
    private const int Operations = 1 << 16;

    private OurMetrics _ours = null!;
    private string[] _customers = [];
    private long _put;

    /// <summary>Gets or sets the number of series, which are used in turn.</summary>
    [Params(1, 100, 1_000, 10_000)]
    public int Series { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _ours = new OurMetrics(options =>
        {
            options.MaxSeries = 20_000;
            options.MaxSeriesPerMetric = 20_000;
        });
        _customers = [.. Enumerable.Range(0, Series).Select(i => i.ToString("x8", CultureInfo.InvariantCulture))];

        // Shuffled, because the series lie in memory in the order of their creation.
        new Random(7).Shuffle(_customers);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _ours.Verify(_put, _put);
        _ours.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Put()
    {
        _put += Operations;
        IMetricPublisher publisher = _ours.Publisher;
        int next = 0;
        for (int i = 0; i < Operations; i++)
        {
            publisher.Put("OrdersPlaced", 1, MetricUnit.Count, ("Region", "eu-central-1"), ("Tier", "gold"),
                ("Customer", _customers[next]));
            next = next + 1 == _customers.Length ? 0 : next + 1;
        }
    }
}
