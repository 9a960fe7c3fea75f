using CloudObserve.Local;
using CloudObserve.Sinks;

namespace CloudObserve.Tests.Sinks.Local.Queries;

public sealed class DescribeLogsTests
{
    private static readonly DateTimeOffset Noon = LocalCloudWatch.Noon;

    private readonly LocalCloudWatch _local =
        new(groups: group => group == "/shop" ? LogGroupSettings.None with { RetentionInDays = 30 } : LogGroupSettings.None);

    [Fact]
    public void Groups_are_listed_by_name_with_their_retention()
    {
        _local.Log("/shop/db", "a", (Noon, "1"));
        _local.Clock.Advance(TimeSpan.FromMinutes(1));
        _local.Log("/shop", "a", (Noon, "1"));
        _local.Log("other", "a", (Noon, "1"));

        IReadOnlyList<LogGroupSummary> groups =
            _local.CloudWatch.DescribeLogGroups(new DescribeLogGroupsRequest { LogGroupNamePrefix = "/" }).LogGroups;

        Assert.Equal(
            [("/shop", Noon.AddMinutes(1), 30), ("/shop/db", Noon, (int?)null)],
            groups.Select(g => (g.LogGroupName, g.CreationTime, g.RetentionInDays)));
        Assert.All(groups, g => Assert.True(g.StoredBytes > 0));
    }

    [Fact]
    public void Streams_are_listed_by_name_with_the_times_of_their_events()
    {
        _local.Log("/shop", "b", (Noon.AddSeconds(-2), "1"), (Noon.AddSeconds(2), "2"));
        _local.Clock.Advance(TimeSpan.FromMinutes(1));
        _local.Log("/shop", "b", (Noon, "between"));
        _local.Log("/shop", "a", (Noon, "1"));

        IReadOnlyList<LogStreamSummary> streams =
            _local.CloudWatch.DescribeLogStreams(new DescribeLogStreamsRequest { LogGroupName = "/shop" }).LogStreams;

        Assert.Equal(
            [
                new LogStreamSummary("a", Noon.AddMinutes(1), Noon, Noon, Noon.AddMinutes(1)),
                new LogStreamSummary("b", Noon, Noon.AddSeconds(-2), Noon.AddSeconds(2), Noon.AddMinutes(1)),
            ],
            streams);
    }

    [Fact]
    public void Pages_have_fifty_names_and_a_token_while_there_are_more()
    {
        for (int i = 0; i < 101; i++)
        {
            _local.Log("/shop", $"s{i:000}", (Noon, "1"));
            _local.Log($"/shop/{i:000}", "a", (Noon, "1"));
        }

        List<int> sizes = [];
        List<string> names = [];
        string? token = null;
        do
        {
            DescribeLogStreamsResponse page = _local.CloudWatch.DescribeLogStreams(
                new DescribeLogStreamsRequest { LogGroupName = "/shop", LogStreamNamePrefix = "s", NextToken = token });
            sizes.Add(page.LogStreams.Count);
            names.AddRange(page.LogStreams.Select(s => s.LogStreamName));
            token = page.NextToken;
        }
        while (token is not null);

        Assert.Equal([50, 50, 1], sizes);
        Assert.Equal(Enumerable.Range(0, 101).Select(i => $"s{i:000}"), names);
        DescribeLogGroupsResponse two = _local.CloudWatch.DescribeLogGroups(new DescribeLogGroupsRequest
        {
            LogGroupNamePrefix = "/shop/",
            Limit = 2,
        });
        DescribeLogGroupsResponse next = _local.CloudWatch.DescribeLogGroups(new DescribeLogGroupsRequest
        {
            LogGroupNamePrefix = "/shop/",
            NextToken = two.NextToken,
        });
        Assert.Equal(("/shop/001", "/shop/002", 50),
            (two.LogGroups[^1].LogGroupName, next.LogGroups[0].LogGroupName, next.LogGroups.Count));
    }

    [Fact]
    public void A_request_that_breaks_a_rule_is_refused()
    {
        _local.Log("/shop", "a", (Noon, "1"));
        EmbeddedCloudWatch cloudWatch = _local.CloudWatch;

        Assert.Equal("ResourceNotFoundException", CodeOf(() => cloudWatch.DescribeLogStreams(new DescribeLogStreamsRequest
        {
            LogGroupName = "/nothing",
        })));
        Assert.Equal("InvalidParameterException", CodeOf(() => cloudWatch.DescribeLogStreams(new DescribeLogStreamsRequest
        {
            LogGroupName = "a b",
        })));
        Assert.Equal("InvalidParameterException", CodeOf(() => cloudWatch.DescribeLogStreams(new DescribeLogStreamsRequest
        {
            LogGroupName = "/shop",
            Limit = 51,
        })));
        Assert.Equal("InvalidParameterException", CodeOf(() => cloudWatch.DescribeLogStreams(new DescribeLogStreamsRequest
        {
            LogGroupName = "/shop",
            NextToken = "?",
        })));
        Assert.Equal("InvalidParameterException", CodeOf(() => cloudWatch.DescribeLogGroups(new DescribeLogGroupsRequest { Limit = 0 })));
        Assert.Equal("InvalidParameterException", CodeOf(() => cloudWatch.DescribeLogGroups(new DescribeLogGroupsRequest
        {
            NextToken = "?",
        })));
    }

    private static string CodeOf(Action call) => Assert.Throws<CloudWatchException>(call).Code;
}
