using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using CloudObserve.Delivery;
using CloudObserve.Filters;
using CloudObserve.Filters.Transformations;
using CloudObserve.Sinks;
using CloudObserve.Sinks.CloudWatch;

namespace CloudObserve.Integration.Tests.Moto;

/// <summary>
/// Log events against moto. It checks the order and the time window of events and little else, and the indexes of rejected events mean
/// something else than AWS's; so only what both agree on is asserted.
/// </summary>
public sealed class LogsOnMotoTests : IClassFixture<MotoServer>, IDisposable
{
    private readonly MotoServer _moto;
    private readonly CloudWatchSink _sink;

    public LogsOnMotoTests(MotoServer moto)
    {
        _moto = moto;
        AwsOptions options = new() { Region = "eu-west-1", ServiceUrl = moto.Url, Credentials = new BasicAWSCredentials("test", "test") };
        LogGroupSettings settings = new(30, null, null, new Dictionary<string, string> { ["team"] = "shop" });
        _sink = new CloudWatchSink(options, TimeProvider.System, new NoEvents(), _ => settings);
    }

    public void Dispose() => _sink.Dispose();

    [MotoFact]
    public async Task A_group_and_a_stream_that_are_missing_are_created_as_configured_and_the_events_can_be_read_back()
    {
        const string Group = "/moto/created";
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

        SendResult result =
            await SendAsync(Group, "host/1", (now - 2, "started"), (now - 1, "línea \"dos\"\n😀"), (now, """{"level":"warn"}"""));

        Assert.True(result.Error == ErrorClass.None, result.ToString());
        Assert.Empty(result.Rejected);
        Assert.Equal([(now - 2, "started"), (now - 1, "línea \"dos\"\n😀"), (now, """{"level":"warn"}""")],
            await ReadAsync(Group, "host/1"));
        using JsonDocument groups = await _moto.LogsAsync("DescribeLogGroups", new { logGroupNamePrefix = Group });
        Assert.Equal(30, Assert.Single(groups.RootElement.GetProperty("logGroups").EnumerateArray()).GetProperty("retentionInDays")
            .GetInt32());
        using JsonDocument tags = await _moto.LogsAsync("ListTagsLogGroup", new { logGroupName = Group });
        Assert.Equal("shop", tags.RootElement.GetProperty("tags").GetProperty("team").GetString());
    }

    [MotoFact]
    public async Task A_second_stream_joins_the_group_that_exists()
    {
        const string Group = "/moto/two-streams";
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

        ErrorClass[] answers =
            [(await SendAsync(Group, "host/1", (now, "one"))).Error, (await SendAsync(Group, "host/2", (now, "two"))).Error];

        Assert.Equal([ErrorClass.None, ErrorClass.None], answers);
        Assert.Equal((now, "two"), Assert.Single(await ReadAsync(Group, "host/2")));
    }

    [MotoFact]
    public async Task Events_out_of_order_are_invalid_and_one_that_is_too_new_gets_the_present_time()
    {
        const string Group = "/moto/refused";
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

        SendResult outOfOrder = await SendAsync(Group, "host/1", (now, "second"), (now - 1, "first"));
        SendResult tooNew = await SendAsync(Group, "host/1", (now, "in time"), (now + (3 * 3_600_000), "early"));

        Assert.Equal((ErrorClass.Invalid, "InvalidParameterException"), (outOfOrder.Error, outOfOrder.Code));
        Assert.Empty(tooNew.Rejected);
        (long Time, string Message)[] read = [.. await ReadAsync(Group, "host/1")];
        Assert.Equal(["early", "in time"], read.Select(e => e.Message).Order());
        Assert.All(read, e => Assert.InRange(e.Time, now - 60_000, now + 60_000));
    }

    [MotoFact]
    public async Task A_metric_filter_is_put_into_a_group_that_is_created_for_it_and_can_be_read_back()
    {
        const string Group = "/moto/filters";
        MetricFilterOptions filter = new()
        {
            Pattern = "{ $.latency = * }",
            Namespace = "Shop",
            Metric = "Latency",
            Value = "$.latency",
            Default = 0,
        };
        byte[] body = MetricFilterBody.Write(Group, "Latency", filter).ToArray();
        byte[] rented = ArrayPool<byte>.Shared.Rent(body.Length);
        body.CopyTo(rented, 0);
        BatchHeader header =
            new(MetricFilterBody.Operation, "metric filter Latency", TimeProvider.System.GetUtcNow(), DateTimeOffset.MaxValue);
        using Batch batch = new(header, rented, body.Length, 0, [body.Length], null);

        SendResult result = await _sink.SendAsync(batch, CancellationToken.None);

        Assert.True(result.Error == ErrorClass.None, result.ToString());
        using JsonDocument found = await _moto.LogsAsync("DescribeMetricFilters", new { logGroupName = Group });
        JsonElement put = Assert.Single(found.RootElement.GetProperty("metricFilters").EnumerateArray());
        JsonElement transformation = Assert.Single(put.GetProperty("metricTransformations").EnumerateArray());
        Assert.Equal(
            ("Latency", "{ $.latency = * }", "Shop", "Latency", "$.latency", 0.0),
            (put.GetProperty("filterName").GetString(), put.GetProperty("filterPattern")
                .GetString(), transformation.GetProperty("metricNamespace").GetString(),
                transformation.GetProperty("metricName").GetString(), transformation.GetProperty("metricValue")
                    .GetString(), transformation.GetProperty("defaultValue").GetDouble()));
    }

    private async Task<SendResult> SendAsync(string group, string stream, params (long Time, string Message)[] events)
    {
        string prefix = $$"""{"logGroupName":"{{group}}","logStreamName":"{{stream}}","logEvents":[""";
        string[] items = [
            .. events.Select(
                e => string.Create(
                    CultureInfo.InvariantCulture, $$"""{"timestamp":{{e.Time}},"message":{{JsonSerializer.Serialize(e.Message)}}}"""))];
        byte[] body = Encoding.ASCII.GetBytes($"{prefix}{string.Join(',', items)}]}}");
        byte[] rented = ArrayPool<byte>.Shared.Rent(body.Length);
        body.CopyTo(rented, 0);
        int end = prefix.Length - 1;
        int[] ends = [.. items.Select(item => end += item.Length + 1)];
        BatchHeader header =
            new("PutLogEvents", $"log group {group}, stream {stream}", TimeProvider.System.GetUtcNow(), DateTimeOffset.MaxValue);
        using Batch batch = new(header, rented, body.Length, prefix.Length, ends, null);
        return await _sink.SendAsync(batch, CancellationToken.None);
    }

    private async Task<(long Time, string Message)[]> ReadAsync(string group, string stream)
    {
        using JsonDocument found =
            await _moto.LogsAsync("GetLogEvents", new { logGroupName = group, logStreamName = stream, startFromHead = true });
        return [.. found.RootElement.GetProperty("events").EnumerateArray()
            .Select(e => (e.GetProperty("timestamp").GetInt64(), e.GetProperty("message").GetString()!))];
    }
}
