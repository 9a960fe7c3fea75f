using CloudObserve.Delivery;
using CloudObserve.Local;
using CloudObserve.Tests.Contracts;

namespace CloudObserve.Tests.Sinks.Local.Ingestion;

public sealed class PutLogEventsTests
{
    private const string Operation = "PutLogEvents";

    private static readonly DateTimeOffset Noon = LocalCloudWatch.Noon;

    private readonly LocalCloudWatch _local = new();

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"logGroupName":"g"} {}""")]
    [InlineData("""{"logGroupName":5}""")]
    [InlineData("""{"logGroupName":"g","logStreamName":"s","logEvents":{}}""")]
    [InlineData("""{"logGroupName":"g","logStreamName":"s","logEvents":[1]}""")]
    [InlineData("""{"logGroupName":"g","logStreamName":"s","logEvents":[{"timestamp":"now","message":"m"}]}""")]
    [InlineData("""{"logGroupName":"g","logStreamName":"s","logEvents":[{"timestamp":1.5,"message":"m"}]}""")]
    [InlineData("""{"logGroupName":"g","logStreamName":"s","logEvents":[{"timestamp":1,"message":"\ud83d"}]}""")]
    public void A_body_that_is_no_such_request_is_malformed(string body)
    {
        SendResult result = _local.Send(body, Operation);

        Assert.Equal((ErrorClass.Invalid, "MalformedHttpRequestException"), (result.Error, result.Code));
    }

    [Theory]
    [InlineData("""{"logStreamName":"s","logEvents":[{"timestamp":1,"message":"m"}]}""", "logGroupName")]
    [InlineData("""{"logGroupName":null,"logStreamName":"s","logEvents":[{"timestamp":1,"message":"m"}]}""", "logGroupName")]
    [InlineData("""{"logGroupName":"g","logEvents":[{"timestamp":1,"message":"m"}]}""", "logStreamName")]
    [InlineData("""{"logGroupName":"g","logStreamName":"s"}""", "logEvents")]
    [InlineData("""{"logGroupName":"g","logStreamName":"s","logEvents":null}""", "logEvents")]
    [InlineData("""{"logGroupName":"g","logStreamName":"s","logEvents":[]}""", "logEvents")]
    [InlineData("""{"logGroupName":"g","logStreamName":"s","logEvents":[{"timestamp":1}]}""", "logEvents.1.member.message")]
    [InlineData("""{"logGroupName":"g","logStreamName":"s","logEvents":[{"timestamp":1,"message":"m"},{"timestamp":1,"message":""}]}""",
        "logEvents.2.member.message")]
    [InlineData("""{"logGroupName":"g","logStreamName":"s","logEvents":[{"timestamp":null,"message":"m"}]}""",
        "logEvents.1.member.timestamp")]
    [InlineData("""{"logGroupName":"g","logStreamName":"s","logEvents":[{"timestamp":-1,"message":"m"}]}""",
        "logEvents.1.member.timestamp")]
    public void A_member_at_fault_is_named(string body, string member)
    {
        SendResult result = _local.Send(body, Operation);

        Assert.Equal((ErrorClass.Invalid, "InvalidParameterException"), (result.Error, result.Code));
        Assert.Contains($"'{member}'", result.Message, StringComparison.Ordinal);
        Assert.Empty(_local.CloudWatch.DescribeLogGroups(new DescribeLogGroupsRequest()).LogGroups);
    }

    [Fact]
    public void The_order_of_members_does_not_matter_and_unknown_ones_are_skipped()
    {
        SendResult result = _local.Send(
            $$"""{"sequenceToken":"49","logEvents":[{"new":[{}],"message":"m","timestamp":{{Noon.ToUnixTimeMilliseconds()}}}],"entity":{"a":[{}]},"logStreamName":"s","logGroupName":"g"}""",
            Operation);

        Assert.Equal(ErrorClass.None, result.Error);
        Assert.Equal("m",
            Assert.Single(_local.CloudWatch.GetLogEvents(
                new GetLogEventsRequest { LogGroupName = "g", LogStreamName = "s" }).Events).Message);
    }

    [Fact]
    public void What_comes_in_is_counted_by_group_in_the_metrics_of_AWS()
    {
        _local.Log("/shop", "a", (Noon, "12345"), (Noon, "é"));
        _local.Log("/shop", "b", (Noon, "1"));
        _local.Log("/other", "a", (Noon, "1"));

        Assert.Equal((2, 3, 2), Incoming("IncomingLogEvents", "/shop", "None"));
        Assert.Equal((2, 5 + 2 + 1 + (3 * 26), 5 + 2 + (2 * 26)), Incoming("IncomingBytes", "/shop", "Bytes"));
        Assert.Equal((1, 1, 1), Incoming("IncomingLogEvents", "/other", "None"));
    }

    [Fact]
    public void What_is_dropped_on_arrival_is_not_counted_and_a_call_of_which_nothing_is_kept_makes_no_sample()
    {
        using Batch partly =
            LogBatch.In("/shop", "a", LogBatch.Event(Noon.AddDays(-15)), LogBatch.Event(Noon), LogBatch.Event(Noon.AddDays(1)));
        using Batch nothing = LogBatch.In("/shop", "a", LogBatch.Event(Noon.AddDays(1)));
        _local.Send(System.Text.Encoding.UTF8.GetString(partly.Body.Span), Operation);
        _local.Send(System.Text.Encoding.UTF8.GetString(nothing.Body.Span), Operation);

        Assert.Equal((1, 1, 1), Incoming("IncomingLogEvents", "/shop", "None"));
    }

    [Theory]
    [InlineData(7_200_000, true)]
    [InlineData(7_200_001, false)]
    [InlineData(-1_209_600_000, true)]
    [InlineData(-1_209_600_001, false)]
    public void An_event_is_kept_up_to_two_hours_ahead_and_two_weeks_back_to_the_millisecond(long milliseconds, bool kept)
    {
        using Batch batch = LogBatch.In("/shop", "a", LogBatch.Event(Noon.AddMilliseconds(milliseconds)));

        SendResult result = _local.Send(System.Text.Encoding.UTF8.GetString(batch.Body.Span), Operation);

        Assert.Equal(kept
            ? 1 : 0, _local.CloudWatch.GetLogEvents(new GetLogEventsRequest { LogGroupName = "/shop", LogStreamName = "a" }).Events.Count);
        Assert.Equal(kept ? [] : [milliseconds > 0 ? LossReason.TooNew : LossReason.TooOld], result.Rejected.Select(r => r.Reason));
    }

    [Fact]
    public void An_application_still_cannot_write_metrics_there_itself() =>
        Assert.Equal(ErrorClass.Invalid,
            _local.Send("""{"Namespace":"AWS/Logs","MetricData":[{"MetricName":"IncomingBytes","Value":1}]}""").Error);

    [Fact]
    public async Task A_reader_sees_a_batch_whole_or_not_at_all_while_others_write()
    {
        const int Writers = 4;
        const int Batches = 200;
        const int EachHas = 5;
        using CancellationTokenSource written = new();
        _local.Log("/shop", "first", (Noon, "-"));
        int torn = 0;
        Task reader = LongRunning.Start(() =>
        {
            while (!written.IsCancellationRequested)
            {
                int count = _local.CloudWatch.FilterLogEvents(
                    new FilterLogEventsRequest { LogGroupName = "/shop", LogStreamNamePrefix = "s" }).Events.Count;
                torn += count % EachHas == 0 ? 0 : 1;
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => LongRunning.Start(() =>
        {
            for (int b = 0; b < Batches; b++)
            {
                _local.Log("/shop", $"s{w}", [.. Enumerable.Range(0, EachHas).Select(i => (Noon, $"{w} {b} {i}"))]);
            }
        })));
        await written.CancelAsync();
        await reader;

        FilterLogEventsResponse all = _local.CloudWatch.FilterLogEvents(new FilterLogEventsRequest
        {
            LogGroupName = "/shop",
            LogStreamNamePrefix = "s",
        });
        Assert.Equal((Writers * Batches * EachHas, 0), (all.Events.Select(e => e.Message).Distinct().Count(), torn));
        Assert.All(
            all.Events.GroupBy(e => e.LogStreamName),
            stream => Assert.Equal(
                from b in Enumerable.Range(0, Batches) from i in Enumerable.Range(0, EachHas) select $"{stream.Key[1..]} {b} {i}",
                stream.Select(e => e.Message)));
    }

    private (double Calls, double Sum, double Maximum) Incoming(string metric, string group, string unit)
    {
        Datapoint point = Assert.Single(_local.Statistics(
            Noon.AddMinutes(-1), Noon.AddMinutes(1), TimeSpan.FromMinutes(1),
            new MetricIdentifier("AWS/Logs", metric, ("LogGroupName", group)), unit));
        return (point.SampleCount!.Value, point.Sum!.Value, point.Maximum!.Value);
    }
}
