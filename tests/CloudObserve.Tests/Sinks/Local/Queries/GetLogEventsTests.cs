using CloudObserve.Local;

namespace CloudObserve.Tests.Sinks.Local.Queries;

public sealed class GetLogEventsTests
{
    private const string Group = "/shop";
    private const string Stream = "web/1";

    private static readonly DateTimeOffset Noon = LocalCloudWatch.Noon;

    private readonly LocalCloudWatch _local = new();

    public GetLogEventsTests() =>
        _local.Log(Group, Stream, [.. Enumerable.Range(0, 10).Select(i => (Noon.AddSeconds(i / 2), $"{i}"))]);

    [Theory]
    [InlineData(false, "7,8,9")]
    [InlineData(true, "0,1,2")]
    public void The_first_page_is_the_newest_unless_the_oldest_is_asked_for_and_ascends_either_way(bool fromHead, string expected) =>
        Assert.Equal(expected, Messages(Get(limit: 3, fromHead: fromHead)));

    [Fact]
    public void Forward_tokens_lead_to_the_end_where_the_same_token_comes_back()
    {
        List<string> pages = [];
        GetLogEventsResponse page = Get(limit: 4, fromHead: true);
        string given = "";
        while (page.NextForwardToken != given)
        {
            pages.Add(Messages(page));
            given = page.NextForwardToken;
            page = Get(limit: 4, token: given);
        }

        Assert.Equal(["0,1,2,3", "4,5,6,7", "8,9"], pages);
        Assert.Empty(page.Events);
        Assert.StartsWith("f/", given, StringComparison.Ordinal);
    }

    [Fact]
    public void Backward_tokens_lead_to_the_beginning_where_the_same_token_comes_back()
    {
        List<string> pages = [];
        GetLogEventsResponse page = Get(limit: 4);
        string given = "";
        while (page.NextBackwardToken != given)
        {
            pages.Add(Messages(page));
            given = page.NextBackwardToken;
            page = Get(limit: 4, token: given);
        }

        Assert.Equal(["6,7,8,9", "2,3,4,5", "0,1"], pages);
        Assert.Empty(page.Events);
        Assert.StartsWith("b/", given, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_can_turn_round_anywhere_also_at_an_end()
    {
        GetLogEventsResponse middle = Get(limit: 3, token: Get(limit: 3, fromHead: true).NextForwardToken);
        GetLogEventsResponse back = Get(limit: 3, token: middle.NextBackwardToken);
        GetLogEventsResponse beyondTail = Get(token: Get().NextForwardToken);
        GetLogEventsResponse beyondHead = Get(token: Get(fromHead: true).NextBackwardToken);

        Assert.Equal(("3,4,5", "0,1,2"), (Messages(middle), Messages(back)));
        Assert.Equal(("", "8,9"), (Messages(beyondTail), Messages(Get(limit: 2, token: beyondTail.NextBackwardToken))));
        Assert.Equal(("", "0,1"), (Messages(beyondHead), Messages(Get(limit: 2, token: beyondHead.NextForwardToken))));
    }

    [Fact]
    public void A_token_kept_at_the_end_finds_what_comes_later()
    {
        string token = Get().NextForwardToken;
        Assert.Empty(Get(token: token).Events);
        _local.Log(Group, Stream, (Noon.AddSeconds(4), "same second"), (Noon.AddMinutes(1), "later"));

        Assert.Equal("same second,later", Messages(Get(token: token)));
    }

    [Fact]
    public void A_range_without_events_has_tokens_all_the_same()
    {
        GetLogEventsRequest request = Request() with { StartTime = Noon.AddHours(1), StartFromHead = true };
        GetLogEventsResponse empty = _local.CloudWatch.GetLogEvents(request);
        _local.Log(Group, Stream, (Noon.AddHours(1), "first"));

        Assert.Empty(empty.Events);
        Assert.Equal("first", Messages(_local.CloudWatch.GetLogEvents(request with { NextToken = empty.NextForwardToken })));
        Assert.Equal("", Messages(_local.CloudWatch.GetLogEvents(request with { NextToken = empty.NextBackwardToken })));
    }

    // Two events each second; the start is inclusive and the end is not.
    [Theory]
    [InlineData(0, 5, "0,1,2,3,4,5,6,7,8,9")]
    [InlineData(1, 2, "2,3")]
    [InlineData(1, 1, "")]
    [InlineData(null, 1, "0,1")]
    [InlineData(4, null, "8,9")]
    [InlineData(5, null, "")]
    [InlineData(2, 1, "")]
    public void The_start_is_inclusive_and_the_end_is_not(int? start, int? end, string expected)
    {
        GetLogEventsRequest request = Request() with { StartTime = At(start), EndTime = At(end) };

        Assert.Equal(expected, Messages(_local.CloudWatch.GetLogEvents(request)));
        Assert.Equal(expected, Messages(_local.CloudWatch.GetLogEvents(request with { StartFromHead = true })));
    }

    [Fact]
    public void A_page_ends_at_one_megabyte_in_either_direction()
    {
        _local.Log(Group, "large", (Noon, new string('a', 600_000)));
        _local.Log(Group, "large", (Noon, new string('b', 600_000)));
        GetLogEventsRequest request = Request() with { LogStreamName = "large" };

        Assert.Equal('b', Assert.Single(_local.CloudWatch.GetLogEvents(request).Events).Message[0]);
        Assert.Equal('a', Assert.Single(_local.CloudWatch.GetLogEvents(request with { StartFromHead = true }).Events).Message[0]);
    }

    public static TheoryData<string, GetLogEventsRequest, string> Refusals => new()
    {
        { "group unknown", Request() with { LogGroupName = "/nothing" }, "ResourceNotFoundException" },
        { "stream unknown", Request() with { LogStreamName = "nothing" }, "ResourceNotFoundException" },
        { "group illegal", Request() with { LogGroupName = "" }, "InvalidParameterException" },
        { "stream illegal", Request() with { LogStreamName = "a*" }, "InvalidParameterException" },
        { "limit 0", Request() with { Limit = 0 }, "InvalidParameterException" },
        { "limit 10,001", Request() with { Limit = 10_001 }, "InvalidParameterException" },
        { "token without direction", Request() with { NextToken = "MTox" }, "InvalidParameterException" },
        { "token without position", Request() with { NextToken = "f/" }, "InvalidParameterException" },
        { "token that is damaged", Request() with { NextToken = "b/??" }, "InvalidParameterException" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_request_that_breaks_a_rule_is_refused(string why, GetLogEventsRequest request, string code) =>
        Assert.True(code == Assert.Throws<CloudWatchException>(() => _local.CloudWatch.GetLogEvents(request)).Code, why);

    private static GetLogEventsRequest Request() => new() { LogGroupName = Group, LogStreamName = Stream };

    private static DateTimeOffset? At(int? seconds) => seconds is { } s ? Noon.AddSeconds(s) : null;

    private static string Messages(GetLogEventsResponse page) => string.Join(',', page.Events.Select(e => e.Message));

    private GetLogEventsResponse Get(int limit = 10_000, bool fromHead = false, string? token = null) =>
        _local.CloudWatch.GetLogEvents(Request() with { Limit = limit, StartFromHead = fromHead, NextToken = token });
}
