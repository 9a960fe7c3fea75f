using System.Text;
using CloudObserve.Filters;
using CloudObserve.Local;

namespace CloudObserve.Tests.Sinks.Local.Reading;

public sealed class SubscriptionTests
{
    private const string Group = "/shop";

    private static readonly DateTimeOffset Noon = LocalCloudWatch.Noon;

    private readonly LocalCloudWatch _local = new();

    [Fact]
    public void Accepted_events_of_the_wanted_groups_that_match_arrive_in_order()
    {
        _local.Log(Group, "a", (Noon, "ERROR before"));
        using Subscription<IngestedLogEvent> all = _local.CloudWatch.SubscribeToLogEvents(new SubscribeToLogEventsRequest());
        using Subscription<IngestedLogEvent> some = _local.CloudWatch.SubscribeToLogEvents(
            new SubscribeToLogEventsRequest { LogGroupNames = [Group], FilterPattern = FilterPattern.Parse("ERROR") });

        _local.Log(Group, "a", (Noon.AddMilliseconds(5), "ERROR 1"), (Noon.AddMilliseconds(6), "fine"));
        _local.Log("/other", "b", (Noon, "ERROR elsewhere"));
        _local.Log(Group, "c", (Noon, "ERROR 2"));

        Assert.Equal(["ERROR 1", "fine", "ERROR elsewhere", "ERROR 2"], Texts(all));
        Assert.True(some.TryRead(out IngestedLogEvent first));
        Assert.Equal((Group, "a", Noon.AddMilliseconds(5), Noon),
            (first.LogGroupName, first.LogStreamName, first.Timestamp, first.IngestionTime));
        Assert.Equal(["ERROR 2"], Texts(some));
        Assert.Equal((0L, 0L), (all.Skipped, some.Skipped));
    }

    [Fact]
    public void Accepted_metrics_arrive_with_their_statistics_and_also_those_of_metric_filters_and_logs()
    {
        using Subscription<IngestedMetric> shop = _local.CloudWatch.SubscribeToMetrics(new SubscribeToMetricsRequest
        {
            Namespace = "Shop",
        });
        using Subscription<IngestedMetric> all = _local.CloudWatch.SubscribeToMetrics(new SubscribeToMetricsRequest());

        _local.Put("""{"MetricName":"Orders","Dimensions":[{"Name":"R","Value":"eu"}],"Values":[1,3],"Counts":[2,1],"Unit":"Count"}""");
        _local.Log(Group, "a", (Noon, "event"));

        Assert.True(shop.TryRead(out IngestedMetric order));
        Assert.Equal(("Shop", "Orders", "Count", Noon), (order.Namespace, order.MetricName, order.Unit, order.Timestamp));
        Assert.Equal((3.0, 5.0, 1.0, 3.0), (order.SampleCount, order.Sum, order.Minimum, order.Maximum));
        Assert.Equal([("R", "eu")], order.Dimensions.Select(d => (d.Name, d.Value)));
        Assert.Equal(TimeSpan.FromMinutes(1), order.StorageResolution);
        Assert.False(shop.TryRead(out _));
        List<string> names = [];
        while (all.TryRead(out IngestedMetric each))
        {
            names.Add(each.MetricName);
        }

        Assert.Equal(["Orders", "IncomingLogEvents", "IncomingBytes"], names);
    }

    [Fact]
    public void A_slow_subscriber_gets_the_newest_items_and_the_number_of_those_that_were_skipped()
    {
        using Subscription<IngestedLogEvent> few = _local.CloudWatch.SubscribeToLogEvents(new SubscribeToLogEventsRequest
        {
            MaxEvents = 3,
        });
        using Subscription<IngestedLogEvent> small = _local.CloudWatch.SubscribeToLogEvents(new SubscribeToLogEventsRequest
        {
            MaxBytes = 4,
        });

        _local.Log(Group, "a", [.. Enumerable.Range(0, 10).Select(i => (Noon, $"{i}"))]);
        _local.Log(Group, "a", (Noon, "longer than four bytes"));

        Assert.Equal(8, few.Skipped);
        Assert.Equal(["8", "9", "longer than four bytes"], Texts(few));
        Assert.Equal(10, small.Skipped);
        Assert.Equal(["longer than four bytes"], Texts(small));
    }

    [Fact]
    public async Task A_reader_waits_for_the_next_item_and_for_the_end()
    {
        Subscription<IngestedLogEvent> subscription = _local.CloudWatch.SubscribeToLogEvents(new SubscribeToLogEventsRequest());
        Task<bool> waiting = subscription.WaitToReadAsync().AsTask();
        Assert.False(waiting.IsCompleted);

        _local.Log(Group, "a", (Noon, "1"));
        Assert.True(await waiting);
        Assert.Equal(["1"], Texts(subscription));

        using CancellationTokenSource cancelled = new();
        Task<bool> again = subscription.WaitToReadAsync(cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => again);

        Task<bool> last = subscription.WaitToReadAsync().AsTask();
        subscription.Dispose();
        subscription.Dispose();
        Assert.False(await last);
        _local.Log(Group, "a", (Noon, "2"));
        Assert.False(subscription.TryRead(out _));
    }

    [Fact]
    public async Task What_waits_at_the_end_can_still_be_read()
    {
        Subscription<IngestedLogEvent> subscription = _local.CloudWatch.SubscribeToLogEvents(new SubscribeToLogEventsRequest());
        _local.Log(Group, "a", (Noon, "1"), (Noon, "2"));
        subscription.Dispose();

        List<string> read = [];
        await foreach (IngestedLogEvent accepted in subscription.ReadAllAsync())
        {
            read.Add(Encoding.UTF8.GetString(accepted.Message.Span));
        }

        Assert.Equal(["1", "2"], read);
    }

    [Fact]
    public async Task Whatever_many_writers_and_readers_do_each_item_is_read_once_or_counted_as_skipped()
    {
        const int Writers = 4;
        const int Rounds = 2_000;
        Subscription<IngestedLogEvent> subscription =
            _local.CloudWatch.SubscribeToLogEvents(new SubscribeToLogEventsRequest { MaxEvents = 16 });
        Task<List<string>>[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            List<string> read = [];
            await foreach (IngestedLogEvent accepted in subscription.ReadAllAsync())
            {
                read.Add(Encoding.UTF8.GetString(accepted.Message.Span));
            }

            return read;
        }))];

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                _local.Log(Group, $"{writer}", (Noon, $"{writer}/{i}"));
            }
        })));
        subscription.Dispose();
        List<string>[] read = await Task.WhenAll(readers);

        Assert.Equal(read.Sum(r => r.Count), read.SelectMany(r => r).Distinct().Count());
        Assert.Equal(Writers * Rounds, read.Sum(r => r.Count) + subscription.Skipped);
    }

    [Fact]
    public void A_limit_that_is_out_of_range_and_a_name_that_breaks_a_rule_are_refused()
    {
        EmbeddedCloudWatch cloudWatch = _local.CloudWatch;
        _ = Assert.Throws<ArgumentOutOfRangeException>(
            () => cloudWatch.SubscribeToLogEvents(new SubscribeToLogEventsRequest { MaxEvents = 0 }));
        _ = Assert.Throws<ArgumentOutOfRangeException>(
            () => cloudWatch.SubscribeToLogEvents(new SubscribeToLogEventsRequest { MaxBytes = 0 }));
        _ = Assert.Throws<ArgumentOutOfRangeException>(
            () => cloudWatch.SubscribeToMetrics(new SubscribeToMetricsRequest { MaxDatums = 0 }));
        _ = Assert.Throws<CloudWatchException>(
            () => cloudWatch.SubscribeToLogEvents(new SubscribeToLogEventsRequest { LogGroupNames = ["a b"] }));
    }

    private static List<string> Texts(Subscription<IngestedLogEvent> subscription)
    {
        List<string> texts = [];
        while (subscription.TryRead(out IngestedLogEvent accepted))
        {
            texts.Add(Encoding.UTF8.GetString(accepted.Message.Span));
        }

        return texts;
    }
}
