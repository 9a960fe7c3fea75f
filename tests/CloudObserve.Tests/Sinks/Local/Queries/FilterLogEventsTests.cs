using CloudObserve.Local;

namespace CloudObserve.Tests.Sinks.Local.Queries;

public sealed class FilterLogEventsTests
{
    private const string Group = "/shop";

    private static readonly DateTimeOffset Noon = LocalCloudWatch.Noon;

    private readonly LocalCloudWatch _local = new();

    [Fact]
    public void Streams_are_read_as_one_by_time_and_by_arrival_within_a_time()
    {
        _local.Log(Group, "b", (Noon.AddSeconds(-3), "1"), (Noon, "3"), (Noon, "4"));
        _local.Log(Group, "a", (Noon.AddSeconds(-2), "2"), (Noon, "5"), (Noon.AddSeconds(1), "6"));
        _local.Log("/other", "a", (Noon, "elsewhere"));

        FilterLogEventsResponse all = _local.CloudWatch.FilterLogEvents(Request());

        Assert.Equal(["1", "2", "3", "4", "5", "6"], all.Events.Select(e => e.Message));
        Assert.Equal(["b", "a", "b", "b", "a", "a"], all.Events.Select(e => e.LogStreamName));
        Assert.Equal(6, all.Events.Select(e => e.EventId).Distinct().Count());
        Assert.Null(all.NextToken);
    }

    [Fact]
    public void A_pattern_chooses_events_and_pages_are_full_of_them()
    {
        _local.Log(Group, "a",
            [.. Enumerable.Range(0, 10).Select(i => (Noon.AddSeconds(-i), $"{(i % 2 == 0 ? "ERROR" : "fine")} {i}"))
                .OrderBy(e => e.Item1)]);
        FilterLogEventsRequest request = Request() with { FilterPattern = "ERROR -\"ERROR 4\"", Limit = 3 };

        FilterLogEventsResponse first = _local.CloudWatch.FilterLogEvents(request);
        FilterLogEventsResponse second = _local.CloudWatch.FilterLogEvents(request with { NextToken = first.NextToken });

        Assert.Equal(["ERROR 8", "ERROR 6", "ERROR 2"], first.Events.Select(e => e.Message));
        Assert.Equal(["ERROR 0"], second.Events.Select(e => e.Message));
        Assert.Null(second.NextToken);
    }

    [Theory]
    [InlineData("{ $.a", "Invalid filter pattern")]
    [InlineData("ERR*", "Invalid character(s) in term '*'")]
    [InlineData("%a{2,1}%", "Failed to compile regular expression.")]
    [InlineData("{ $.a[*].b[*] = 1 }",
        "Your filter pattern has a JSON path selector that exceeds the maximum of 1 wildcard allowed per json selector.")]
    public void An_invalid_pattern_is_refused_in_the_words_of_the_service(string pattern, string message)
    {
        CloudWatchException exception = Assert.Throws<CloudWatchException>(() => _local.CloudWatch.FilterLogEvents(Request() with
        {
            FilterPattern = pattern,
        }));
        Assert.Equal(("InvalidParameterException", message), (exception.Code, exception.Message));
    }

    [Fact]
    public void An_event_comes_back_with_its_times_and_its_text()
    {
        _local.Log(Group, "a", (Noon.AddMilliseconds(-7), "línea \"dos\"\n😀"));

        FilteredLogEvent found = Assert.Single(_local.CloudWatch.FilterLogEvents(Request()).Events);

        Assert.Equal(("a", Noon.AddMilliseconds(-7), Noon, "línea \"dos\"\n😀"),
            (found.LogStreamName, found.Timestamp, found.IngestionTime, found.Message));
    }

    // The event at 0 ms and at 10 ms; both ends are inclusive.
    [Theory]
    [InlineData(0, 10, "0,10")]
    [InlineData(1, 10, "10")]
    [InlineData(0, 9, "0")]
    [InlineData(1, 9, "")]
    [InlineData(null, 0, "0")]
    [InlineData(10, null, "10")]
    [InlineData(null, null, "0,10")]
    [InlineData(11, null, "")]
    [InlineData(10, 0, "")]
    public void Both_ends_of_the_time_are_inclusive(int? start, int? end, string expected)
    {
        _local.Log(Group, "a", (Noon, "0"), (Noon.AddMilliseconds(10), "10"));

        FilterLogEventsRequest request = Request() with { StartTime = At(start), EndTime = At(end) };

        Assert.Equal(expected, string.Join(',', _local.CloudWatch.FilterLogEvents(request).Events.Select(e => e.Message)));
    }

    [Theory]
    [InlineData("web/", "web/1,web/2")]
    [InlineData("web/1", "web/1")]
    [InlineData("", "db,web/1,web/2")]
    [InlineData("WEB", "")]
    public void Streams_are_chosen_by_prefix(string prefix, string expected)
    {
        LogToThreeStreams();

        FilterLogEventsRequest request = Request() with { LogStreamNamePrefix = prefix };

        Assert.Equal(expected,
            string.Join(',', _local.CloudWatch.FilterLogEvents(request).Events.Select(e => e.Message).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Streams_are_chosen_by_name()
    {
        LogToThreeStreams();

        FilterLogEventsRequest request = Request() with { LogStreamNames = ["web/2", "db", "db"] };

        Assert.Equal(["db", "web/2"], _local.CloudWatch.FilterLogEvents(request).Events.Select(e => e.Message)
            .Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100)]
    public void Pages_make_up_the_whole_whatever_their_size(int limit)
    {
        for (int i = 0; i < 10; i++)
        {
            _local.Log(Group, $"s{i % 3}", (Noon.AddSeconds(i / 4), $"{i}"), (Noon.AddSeconds(i / 4), $"{i} again"));
        }

        List<string> read = [];
        string? token = null;
        do
        {
            FilterLogEventsResponse page = _local.CloudWatch.FilterLogEvents(Request() with { Limit = limit, NextToken = token });
            Assert.InRange(page.Events.Count, 1, limit);
            read.AddRange(page.Events.Select(e => e.Message));
            token = page.NextToken;
        }
        while (token is not null);

        Assert.Equal(_local.CloudWatch.FilterLogEvents(Request()).Events.Select(e => e.Message), read);
        Assert.Equal(20, read.Count);
    }

    [Fact]
    public void A_page_ends_at_one_megabyte_of_messages_but_has_one_event_at_least()
    {
        string large = new('m', 600_000);
        _local.Log(Group, "a", (Noon, large));
        _local.Log(Group, "a", (Noon, large));
        _local.Log(Group, "a", (Noon, new string('m', 1_048_550)));

        FilterLogEventsResponse first = _local.CloudWatch.FilterLogEvents(Request());
        FilterLogEventsResponse second = _local.CloudWatch.FilterLogEvents(Request() with { NextToken = first.NextToken });
        FilterLogEventsResponse third = _local.CloudWatch.FilterLogEvents(Request() with { NextToken = second.NextToken });

        Assert.Equal([600_000, 600_000, 1_048_550], new[] { first, second, third }.Select(p => Assert.Single(p.Events).Message.Length));
        Assert.Null(third.NextToken);
    }

    [Fact]
    public void What_arrives_between_pages_makes_nothing_appear_twice()
    {
        _local.Log(Group, "a", (Noon.AddSeconds(1), "1"), (Noon.AddSeconds(2), "2"), (Noon.AddSeconds(4), "4"));
        FilterLogEventsResponse first = _local.CloudWatch.FilterLogEvents(Request() with { Limit = 2 });
        _local.Log(Group, "b", (Noon, "too late to be seen"), (Noon.AddSeconds(2), "2 again"), (Noon.AddSeconds(3), "3"));

        FilterLogEventsResponse rest = _local.CloudWatch.FilterLogEvents(Request() with { NextToken = first.NextToken });

        Assert.Equal(["2 again", "3", "4"], rest.Events.Select(e => e.Message));
    }

    public static TheoryData<string, FilterLogEventsRequest, string> Refusals => new()
    {
        { "group unknown", new FilterLogEventsRequest { LogGroupName = "/nothing" }, "ResourceNotFoundException" },
        { "stream unknown", Request() with { LogStreamNames = ["nothing"] }, "ResourceNotFoundException" },
        { "group illegal", new FilterLogEventsRequest { LogGroupName = "a b" }, "InvalidParameterException" },
        { "stream illegal", Request() with { LogStreamNames = ["a:b"] }, "InvalidParameterException" },
        { "names and prefix", Request() with { LogStreamNames = ["db"], LogStreamNamePrefix = "d" }, "InvalidParameterException" },
        { "101 names", Request() with { LogStreamNames = [.. Enumerable.Repeat("db", 101)] }, "InvalidParameterException" },
        { "limit 0", Request() with { Limit = 0 }, "InvalidParameterException" },
        { "limit 10,001", Request() with { Limit = 10_001 }, "InvalidParameterException" },
        { "token of nobody", Request() with { NextToken = "?" }, "InvalidParameterException" },
        { "token of another kind", Request() with { NextToken = "YQ" }, "InvalidParameterException" },
        { "token without numbers", Request() with { NextToken = "YTpi" }, "InvalidParameterException" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_request_that_breaks_a_rule_is_refused(string why, FilterLogEventsRequest request, string code)
    {
        LogToThreeStreams();

        Assert.True(code == Assert.Throws<CloudWatchException>(() => _local.CloudWatch.FilterLogEvents(request)).Code, why);
    }

    [Fact]
    public void The_largest_request_is_allowed()
    {
        LogToThreeStreams();

        Assert.Single(_local.CloudWatch.FilterLogEvents(
            Request() with { LogStreamNames = [.. Enumerable.Repeat("db", 100)], Limit = 10_000 }).Events);
    }

    private static FilterLogEventsRequest Request() => new() { LogGroupName = Group };

    private static DateTimeOffset? At(int? milliseconds) => milliseconds is { } ms ? Noon.AddMilliseconds(ms) : null;

    private void LogToThreeStreams()
    {
        foreach (string stream in new[] { "web/1", "web/2", "db" })
        {
            _local.Log(Group, stream, (Noon, stream));
        }
    }
}
