using CloudObserve.Local;
using CloudObserve.Sinks;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.Sinks.Local.Storage;

public sealed class LogRetentionTests
{
    private const long MiB = 1024 * 1024;

    private static readonly DateTimeOffset Noon = LocalCloudWatch.Noon;

    [Fact]
    public void Events_go_when_their_groups_retention_has_passed_and_are_not_counted_as_dropped()
    {
        LocalCloudWatch local = new(groups: group => LogGroupSettings.None with { RetentionInDays = group == "/short" ? 1 : null });
        local.Log("/short", "a", (Noon.AddHours(-1), "old"), (Noon, "new"));
        local.Log("/long", "a", (Noon.AddHours(-1), "old"), (Noon, "new"));
        long before = local.CloudWatch.StoredLogBytes;

        local.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(["new"], Messages(local, "/short"));
        local.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Empty(Messages(local, "/short"));

        Assert.Equal(["old", "new"], Messages(local, "/long"));
        Assert.True(local.CloudWatch.StoredLogBytes < before);
        Assert.Equal(0, local.CloudWatch.DroppedLogEvents);
    }

    [Fact]
    public void A_group_keeps_the_retention_it_was_created_with()
    {
        int? retention = 1;
        LocalCloudWatch local = new(groups: _ => LogGroupSettings.None with { RetentionInDays = retention });
        local.Log("/shop", "a", (Noon, "1"));
        retention = 30;
        local.Log("/shop", "a", (Noon, "2"));

        Assert.Equal(1, Assert.Single(local.CloudWatch.DescribeLogGroups(new DescribeLogGroupsRequest()).LogGroups).RetentionInDays);
    }

    [Fact]
    public void When_memory_is_full_the_oldest_events_of_all_streams_go_first_and_are_counted()
    {
        LocalCloudWatch local = new(new LocalOptions { MaxLogBytes = MiB });
        const int Sent = 3000;
        for (int i = 0; i < Sent; i++)
        {
            local.Log($"/shop/{i % 2}", $"s{i % 3}", (Noon.AddMilliseconds(i), $"{i}:{new string('m', 1000)}"));
            Assert.True(local.CloudWatch.StoredLogBytes <= MiB);
        }

        int[] kept =
        [
            .. new[] { "/shop/0", "/shop/1" }.SelectMany(group => Messages(local, group)).Select(m => int.Parse(m.Split(':')[0], null))
                .Order(),
        ];
        Assert.Equal(Enumerable.Range(Sent - kept.Length, kept.Length), kept);
        Assert.InRange(kept.Length, 800, 1000);
        Assert.Equal(Sent - kept.Length, local.CloudWatch.DroppedLogEvents);
    }

    [Fact]
    public void The_age_that_counts_is_the_events_own()
    {
        LocalCloudWatch local = new(new LocalOptions { MaxLogBytes = MiB });
        string large = new('m', 500_000);
        local.Log("/shop", "a", (Noon, "newer " + large));
        local.Log("/shop", "a", (Noon.AddHours(-1), "older " + large));
        local.Log("/shop", "b", (Noon.AddMinutes(-1), "last in " + large));

        Assert.Equal(["newer"], Messages(local, "/shop").Select(m => m.Split(' ')[0]));
        Assert.Equal(2, local.CloudWatch.DroppedLogEvents);
    }

    [Fact]
    public void Names_alone_cannot_fill_the_memory()
    {
        LocalCloudWatch local = new(new LocalOptions { MaxLogBytes = MiB });
        for (int i = 0; i < 3000; i++)
        {
            local.Log($"/shop/{i}/{new string('g', 200)}", new string('s', 500), (Noon, "m"));
        }

        Assert.True(local.CloudWatch.StoredLogBytes <= MiB);
        Assert.True(local.CloudWatch.DroppedLogEvents > 2000);
    }

    [Fact]
    public void A_batch_larger_than_the_memory_leaves_its_newest_events()
    {
        LocalCloudWatch local = new(new LocalOptions { MaxLogBytes = MiB });
        local.Log("/shop", "a",
            [.. Enumerable.Range(0, 10_000).Select(i => (Noon.AddMilliseconds(i), $"{i:00000} {new string('m', 70)}"))]);

        Assert.True(local.CloudWatch.StoredLogBytes <= MiB);
        FilterLogEventsResponse kept = local.CloudWatch.FilterLogEvents(new FilterLogEventsRequest { LogGroupName = "/shop" });
        Assert.Equal(10_000, kept.Events.Count + local.CloudWatch.DroppedLogEvents);
        Assert.StartsWith("09999 ", kept.Events[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_comes_in_whatever_order_comes_out_sorted_and_is_kept_or_counted()
    {
        Gen<(int Stream, int Offset, int Length)> oneEvent =
            from stream in Gen.Choose(0, 3)
            from offset in Gen.Choose(-500_000, 500_000)
            from length in Gen.Choose(1, 20_000)
            select (stream, offset, length);
        Prop.ForAll(oneEvent.ListOf(200).ToArbitrary(), events =>
        {
            LocalCloudWatch local = new(new LocalOptions { MaxLogBytes = MiB });
            foreach ((int stream, int offset, int length) in events)
            {
                local.Log("/shop", $"s{stream}", (Noon.AddMilliseconds(offset), new string('m', length)));
            }

            FilteredLogEvent[] kept = [.. ReadAll(local)];
            return kept.Length + local.CloudWatch.DroppedLogEvents == events.Count
                && local.CloudWatch.StoredLogBytes <= MiB
                && kept.Zip(kept.Skip(1)).All(pair => pair.First.Timestamp <= pair.Second.Timestamp);
        }).QuickCheckThrowOnFailure();
    }

    private static IEnumerable<FilteredLogEvent> ReadAll(LocalCloudWatch local)
    {
        FilterLogEventsResponse page = local.CloudWatch.FilterLogEvents(new FilterLogEventsRequest { LogGroupName = "/shop" });
        while (true)
        {
            foreach (FilteredLogEvent found in page.Events)
            {
                yield return found;
            }

            if (page.NextToken is null)
            {
                yield break;
            }

            page = local.CloudWatch.FilterLogEvents(new FilterLogEventsRequest { LogGroupName = "/shop", NextToken = page.NextToken });
        }
    }

    private static IEnumerable<string> Messages(LocalCloudWatch local, string group) =>
        local.CloudWatch.FilterLogEvents(new FilterLogEventsRequest { LogGroupName = group }).Events.Select(e => e.Message);
}
