using System.Globalization;
using CloudObserve.Integration.Tests.Audit;
using CloudObserve.LoadTests.Driving;
using CloudObserve.LoadTests.Working;
using CloudObserve.Local;
using CloudObserve.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudObserve.Integration.Tests.Delivery;

/// <summary>
/// Processes that are killed under load, and the next one, which has what the embedded CloudWatch of the killed one had kept.
/// </summary>
[Collection(UnderLoad.Name)]
public sealed class KeptOverKillTests
{
    private const int Rate = 3_000;

    // A request to the service hangs, so that nothing but the copy takes what the worker sends.
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // A start waits no longer for the replay; the rest of the start is given a second.
    private static readonly TimeSpan MaxStart = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task After_a_kill_at_any_moment_everything_is_back_that_was_taken_a_second_before()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        int kills = LongRuns.Of(12, 200);
        await using ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
        aws.Script.Always = Fault.Unavailable();
        string root = Directory.CreateTempSubdirectory("cloudobserve-kept").FullName;
        try
        {
            for (int i = 0; i < kills; i++)
            {
                string directory = Path.Combine(root, i.ToString(CultureInfo.InvariantCulture));
                WorkerState settled = await KillAsync(aws.Url, directory, TimeSpan.FromMilliseconds(random.Next(0, 1_000)));
                await CompareAsync(directory, settled, $"seed {seed}, kill {i}");
                Directory.Delete(directory, recursive: true);
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    // Gives the last report that is a second older than the kill.
    private static async Task<WorkerState> KillAsync(Uri url, string directory, TimeSpan after)
    {
        using WorkerProcess worker = await WorkerProcess.StartAsync(
            url,
            directory,
            $"--events={Rate}",
            $"--samples={Rate}",
            "--CloudObserve:Local:Copy=true",
            $"--CloudObserve:Local:Directory={Path.Combine(directory, "local")}",
            "--CloudObserve:Delivery:Spool:Enabled=false",
            "--CloudObserve:Logs:FlushInterval=00:00:00.200",
            "--CloudObserve:Metrics:PublishInterval=00:00:01");
        WorkerState settled = await worker.UntilAsync(s => s.Copy!.Delivered > 2 * Rate && s.Events > Rate);

        // By the worker's own clock, so that a machine that is busy makes the test slower and not wrong.
        _ = await worker.UntilAsync(s => s.Costs.Clock >= settled.Costs.Clock + (Second + after).TotalSeconds);
        worker.Kill();
        _ = await worker.EndAsync();
        return settled;
    }

    private static async Task CompareAsync(string directory, WorkerState settled, string which)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        _ = builder.AddCloudObserve();
        _ = builder.Services.Configure<CloudObserveOptions>(o => o.Local.Directory = Path.Combine(directory, "local"));
        using IHost host = builder.Build();
        long start = TimeProvider.System.GetTimestamp();
        await host.StartAsync();
        TimeSpan elapsed = TimeProvider.System.GetElapsedTime(start);
        _ = await host.Services.GetRequiredService<ICloudObserve>().FlushAsync();
        EmbeddedCloudWatch cloudWatch = host.Services.GetRequiredService<EmbeddedCloudWatch>();
        List<long> numbers = Numbers(cloudWatch);
        (double samples, double logged) = (Sum(cloudWatch, Worker.Namespace, "Samples"), Sum(cloudWatch, "AWS/Logs", "IncomingLogEvents"));
        await host.StopAsync();

        // The copies were made one after the other, so there is no gap; and each was made once.
        Assert.True(numbers.Count
            + samples >= settled.Kept!.Accepted,
            $"{which}: {numbers.Count} events and {samples} samples are back of {settled.Kept.Accepted}.");
        Assert.Equal(Enumerable.Range(0, numbers.Count).Select(n => (long)n), numbers);
        Assert.Equal(numbers.Count, logged);
        Assert.Equal((0, 0), (settled.Kept.TotalLost, settled.Copy!.TotalLost));
        Assert.True(elapsed < MaxStart + Second, $"{which}: the start took {elapsed}.");
    }

    private static List<long> Numbers(EmbeddedCloudWatch cloudWatch)
    {
        List<long> numbers = [];
        Assert.True(cloudWatch.DescribeLogGroups(new DescribeLogGroupsRequest()).LogGroups.Count > 0,
            $"No events are back, but {cloudWatch.SeriesCount} metrics.");
        string? token = null;
        do
        {
            FilterLogEventsResponse page = cloudWatch.FilterLogEvents(new FilterLogEventsRequest
            {
                LogGroupName = Worker.LogGroup,
                NextToken = token,
            });
            numbers.AddRange(page.Events.Select(e => Arrivals.NumberOf(e.Message)));
            token = page.NextToken;
        }
        while (token is not null);
        numbers.Sort();
        return numbers;
    }

    private static double Sum(EmbeddedCloudWatch cloudWatch, string metricNamespace, string name)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return cloudWatch.ListMetrics(new ListMetricsRequest { Namespace = metricNamespace, MetricName = name }).Metrics
            .SelectMany(m => cloudWatch.GetMetricStatistics(new GetMetricStatisticsRequest
            {
                Metric = m,
                StartTime = now.AddHours(-1),
                EndTime = now.AddHours(1),
                Period = TimeSpan.FromHours(3),
                Statistics = ["SampleCount", "Sum"],
            }).Datapoints)
            .Sum(d => (name == "Samples" ? d.SampleCount : d.Sum) ?? 0);
    }
}
