using CloudObserve.Delivery;
using CloudObserve.Local;
using CloudObserve.Sinks.Local;
using CloudObserve.Sinks.Local.Storage;
using CloudObserve.Tests.Contracts;
using Microsoft.Extensions.Options;

namespace CloudObserve.Tests.Sinks.Local;

public sealed class LocalSinkContractTests : BatchSinkContract
{
    private EmbeddedCloudWatch _cloudWatch = null!;

    // Straight at the store: reading a body takes so much longer than applying it that threads would hardly ever meet there.
    [Fact]
    public async Task Threads_that_apply_at_the_same_moment_lose_no_sample()
    {
        const int Threads = 8;
        const int EachApplies = 500;
        const int EachHas = 20;
        long now = Clock.GetUtcNow().ToUnixTimeSeconds();
        using Barrier together = new(Threads);

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => LongRunning.Start(() =>
        {
            Observation[] observations = [.. Enumerable.Range(0, EachHas).Select(i => new Observation(
                new MetricIdentity("Contract", $"Orders{i % 2}", []), "None", 60, Aggregate.Of(now, [new ValueCount(i, 1)])))];
            together.SignalAndWait();
            for (int i = 0; i < EachApplies; i++)
            {
                _cloudWatch.Metrics.Apply(observations, _cloudWatch.Arrive());
            }
        })));

        Assert.Equal((Threads * EachApplies * EachHas, Threads * EachApplies * Enumerable.Range(0, EachHas).Sum()), AcceptedSamples());
    }

    private protected override IBatchSink CreateSink(TimeProvider time)
    {
        _cloudWatch = new EmbeddedCloudWatch(Options.Create(new LocalOptions()), time);
        return new LocalSink(_cloudWatch);
    }

    private protected override (double Count, double Sum) AcceptedSamples()
    {
        // Days as periods, so that minutes and seconds, days old or ahead, are all read in one go.
        Datapoint[] points =
        [
            .. _cloudWatch.ListMetrics(new ListMetricsRequest()).Metrics.SelectMany(
                metric => _cloudWatch.GetMetricStatistics(new GetMetricStatisticsRequest
            {
                Metric = metric,
                StartTime = Clock.GetUtcNow().AddDays(-16),
                EndTime = Clock.GetUtcNow().AddDays(2),
                Period = TimeSpan.FromDays(1),
                Statistics = ["SampleCount", "Sum"],
            }).Datapoints),
        ];
        return (points.Sum(p => p.SampleCount ?? 0), points.Sum(p => p.Sum ?? 0));
    }
}
