using System.Collections.Concurrent;
using System.Globalization;
using CloudObserve.Local;

namespace CloudObserve.Tests.Sinks.Local;

public sealed class EmbeddedCloudWatchTests
{
    private static readonly DateTimeOffset Noon = LocalCloudWatch.Noon;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void When_there_are_too_many_series_the_longest_silent_goes_first_and_is_counted()
    {
        LocalCloudWatch local = new(new LocalOptions { MaxSeries = 2 });
        local.Put(Noon, 1, name: "a");
        local.Put(Noon, 1, name: "b");
        local.Put(Noon, 1, name: "a");
        local.Put(Noon, 1, name: "c");

        Assert.Equal(["a", "c"], local.CloudWatch.ListMetrics(new ListMetricsRequest()).Metrics.Select(metric => metric.MetricName));
        Assert.Equal((2, 1), (local.CloudWatch.SeriesCount, local.CloudWatch.DroppedSeries));
        Assert.Equal(2, Count(local, "a"));
    }

    [Fact]
    public void When_memory_is_full_series_silent_for_an_hour_go_before_the_data_of_others()
    {
        LocalCloudWatch local = new(new LocalOptions { MaxBytes = 1024 * 1024 });
        local.Put(Noon, 1, name: "old");
        Fill(local, "silent", Noon, 20);
        local.Clock.Advance(TimeSpan.FromHours(2));
        Fill(local, "living", Noon.AddHours(1), 40);

        Assert.DoesNotContain("old", Names(local));
        Assert.DoesNotContain("silent", Names(local));
        Assert.Equal((2, 0), (local.CloudWatch.DroppedSeries, local.CloudWatch.DroppedDatapoints));
    }

    [Fact]
    public void When_memory_is_full_of_living_series_the_oldest_data_of_all_goes_and_is_counted()
    {
        LocalCloudWatch local = new(new LocalOptions { MaxBytes = 1024 * 1024 });
        int sent = 0;
        for (int halfHour = 0; halfHour < 12; halfHour++)
        {
            sent += Fill(local, "a", local.Clock.GetUtcNow(), 10) + Fill(local, "b", local.Clock.GetUtcNow(), 10);
            local.Clock.Advance(TimeSpan.FromMinutes(30));
            Assert.InRange(local.CloudWatch.StoredBytes, 1, 1024 * 1024);
        }

        Assert.Equal(["a", "b"], Names(local).Order());
        Assert.Equal(0, local.CloudWatch.DroppedSeries);
        Assert.InRange(local.CloudWatch.DroppedDatapoints, 1, sent - 1);
        Assert.Equal(sent - local.CloudWatch.DroppedDatapoints, Datapoints(local));
        Assert.NotEmpty(local.Statistics(
            local.Clock.GetUtcNow() - Hour, local.Clock.GetUtcNow(), Minute, new MetricIdentifier("Shop", "a")));
    }

    [Fact]
    public void One_series_alone_stays_within_memory_too()
    {
        LocalCloudWatch local = new(new LocalOptions { MaxBytes = 1024 * 1024 });
        for (int second = 0; second < 800; second++)
        {
            PutValues(local, "a", Noon.AddSeconds(second), second % 14, resolution: 1);
            Assert.InRange(local.CloudWatch.StoredBytes, 1, 1024 * 1024);
        }

        Assert.Equal((1, 0), (local.CloudWatch.SeriesCount, local.CloudWatch.DroppedSeries));
        Assert.InRange(local.CloudWatch.DroppedDatapoints, 1, 799);
        Assert.Equal(800 - local.CloudWatch.DroppedDatapoints, Datapoints(local));
    }

    [Fact]
    public void The_estimate_of_memory_follows_what_is_stored_through_all_changes()
    {
        LocalCloudWatch local = new();
        for (int day = 0; day < 100; day++)
        {
            Fill(local, $"m{day % 3}", local.Clock.GetUtcNow(), 1);
            local.Clock.Advance(TimeSpan.FromDays(1));
            Names(local).ForEach(name => Count(local, name));
        }

        Assert.Equal(
            local.CloudWatch.Metrics.Inspect(table => table.All.Sum(series => series.Bytes)),
            local.CloudWatch.StoredBytes);
    }

    [Fact]
    public void Sums_are_exact_after_many_writers_and_readers_and_no_request_is_seen_in_part()
    {
        const int Writers = 4;
        const int Requests = 100;
        const int Datums = 100;
        LocalCloudWatch local = new();
        int writing = Writers;
        int torn = 0;
        // Threads of their own: on the pool's few threads the writers would run one after the other and prove nothing.
        RunTogether(
        [
            .. Enumerable.Range(0, Writers).Select(writer => (Action)(() =>
            {
                try
                {
                    string body = Body(writer, Datums);
                    Array.ForEach(new string[Requests], _ => local.Send(body));
                }
                finally
                {
                    Interlocked.Decrement(ref writing);
                }
            })),
            .. Enumerable.Repeat<Action>(
                () =>
                {
                    while (Volatile.Read(ref writing) > 0)
                    {
                        Interlocked.Add(ref torn, IsTorn(local, Datums) ? 1 : 0);
                    }
                },
                2),
        ]);

        Assert.Equal(0, torn);
        Datapoint total = Assert.Single(local.Statistics(Noon, Noon + Hour, Hour));
        int sent = Writers * Requests * Datums * 50;
        Assert.Equal((sent, Writers * Requests * Datums * 50 * 49 / 2), (total.SampleCount, total.Sum));
        Assert.Equal(sent, local.Data("TC(:49)", Noon, Noon + Hour, Hour).Values.Single());
        Assert.Equal(Writers + 1, local.CloudWatch.SeriesCount);
    }

    private static void RunTogether(Action[] actions)
    {
        using Barrier start = new(actions.Length);
        ConcurrentQueue<Exception> faults = [];
        Thread[] threads = Array.ConvertAll(actions, action => new Thread(() =>
        {
            start.SignalAndWait();
            try
            {
                action();
            }
            catch (Exception exception)
            {
                // Thrown out of a thread it would end the test run instead of failing this test.
                faults.Enqueue(exception);
            }
        }));
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Empty(faults);
    }

    // Each request adds 50 samples by each of its datums to one metric that all writers share, and then one to a metric of the writer's
    // own.
    private static string Body(int writer, int datums)
    {
        IEnumerable<string> shared =
            Enumerable.Repeat($$"""{"MetricName":"Orders","Values":[{{string.Join(',', Enumerable.Range(0, 50))}}]}""", datums);
        return $$"""{"Namespace":"Shop","MetricData":[{{string.Join(',', shared)}},{"MetricName":"own{{writer}}","Value":1}]}""";
    }

    private static bool IsTorn(LocalCloudWatch local, int datums)
    {
        Datapoint? seen = local.Statistics(Noon, Noon + Hour, Hour).SingleOrDefault();
        local.CloudWatch.ListMetrics(new ListMetricsRequest());
        return seen is not null && seen.SampleCount % (datums * 50) != 0;
    }

    private static List<string> Names(LocalCloudWatch local) =>
        [.. local.CloudWatch.ListMetrics(new ListMetricsRequest()).Metrics.Select(metric => metric.MetricName)];

    private static double Count(LocalCloudWatch local, string name) =>
        local.Statistics(Noon, Noon.AddDays(120), TimeSpan.FromHours(24), new MetricIdentifier("Shop", name))
            .Sum(point => point.SampleCount!.Value);

    private static long Datapoints(LocalCloudWatch local) =>
        local.CloudWatch.Metrics.Inspect(
            table => table.All.Sum(series => series.Streams.Sum(stream => stream.Tiers.Sum(tier => tier.Count))));

    private static int Fill(LocalCloudWatch local, string name, DateTimeOffset from, int minutes)
    {
        for (int minute = 0; minute < minutes; minute++)
        {
            for (int part = 0; part < 14; part++)
            {
                PutValues(local, name, from.AddMinutes(minute), part, resolution: 60);
            }
        }

        return minutes;
    }

    // Each value has a bin of its own, so that a datapoint takes as much room as there are values.
    private static void PutValues(LocalCloudWatch local, string name, DateTimeOffset time, int seed, int resolution) =>
        local.Put(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"MetricName":"{{name}}","Timestamp":{{LocalCloudWatch.At(time)}},"StorageResolution":{{resolution}},"Values":[{{string.Join(',', Enumerable.Range(0, 150).Select(i => Math.Pow(1.1, (seed * 150) + i + 0.5)))}}]}"""));
}
