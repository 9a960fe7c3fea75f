using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CloudObserve.Metrics;

namespace CloudObserve.Testing.Tests;

public sealed class ScriptedCloudWatchTests : IAsyncLifetime, IDisposable
{
    private const string One = """{"Namespace":"Shop","MetricData":[{"MetricName":"Orders","Value":2}]}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _clock = new();
    private readonly ScriptedCloudWatch _aws;
    private readonly SignedClient _client;

    public ScriptedCloudWatchTests()
    {
        _aws = ScriptedCloudWatch.Start(_clock);
        _client = new SignedClient(_aws.Url);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _aws.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task It_keeps_what_it_accepts_by_exact_set_of_dimensions()
    {
        await SendAsync("""
            {"Namespace":"Shop","MetricData":[
              {"MetricName":"Latency","Unit":"Milliseconds","Values":[1,2.5],"Counts":[4,2],"StorageResolution":1,"Timestamp":1767225000,
               "Dimensions":[{"Name":"Tier","Value":"gold"},{"Name":"Region","Value":"eu"}]},
              {"MetricName":"Latency","Unit":"Milliseconds","StatisticValues":{"SampleCount":3,"Sum":30,"Minimum":-1,"Maximum":20},
               "Dimensions":[{"Name":"Region","Value":"eu"},{"Name":"Tier","Value":"gold"}]},
              {"MetricName":"Latency","Unit":"Milliseconds","Value":7,"Dimensions":[{"Name":"Region","Value":"eu"}]}]}
            """);

        AcceptedSeries both = _aws.Series.Single(s => s.Dimensions.Count == 2);
        Assert.Equal([new MetricDimension("Region", "eu"), new MetricDimension("Tier", "gold")], both.Dimensions);
        Assert.Equal(("Shop", "Latency", "Milliseconds", 2), (both.Namespace, both.MetricName, both.Unit, both.Datums));
        Assert.Equal((9, 39, -1, 20), (both.SampleCount, both.Sum, both.Minimum, both.Maximum));
        Assert.Equal(7, _aws.Series.Single(s => s.Dimensions.Count == 1).Sum);
        Assert.Equal((1, DateTimeOffset.FromUnixTimeSeconds(1767225000)), (_aws.Datums[0].StorageResolution, _aws.Datums[0].Timestamp));
        Assert.Equal((60, _clock.GetUtcNow()), (_aws.Datums[2].StorageResolution, _aws.Datums[2].Timestamp));
    }

    [Fact]
    public async Task It_shows_datums_by_request_and_counts_samples_whose_answer_was_cut_off()
    {
        List<int> shown = [];
        _aws.KeepsAccepted = false;
        _aws.DatumsAccepted = datums => shown.Add(datums.Count);
        await SendAsync(One);
        _aws.Script.Enqueue(Fault.CutAfterAcceptance(), Fault.CutAfterAcceptance());
        await Assert.ThrowsAnyAsync<HttpRequestException>(
            () => SendAsync("""{"Namespace":"Shop","MetricData":[{"MetricName":"Orders","Values":[1,2],"Counts":[3,4]}]}"""));

        Assert.False(_aws.KeepsAccepted);
        Assert.Equal([1, 1], shown);
        Assert.Empty(_aws.Datums);
        Assert.Equal((0, 7), (_aws.UnansweredLogEvents, _aws.UnansweredSamples));
    }

    [Fact]
    public async Task It_reads_gzip_and_counts_both_sizes()
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(One));
        }

        using HttpResponseMessage answer = await _client.PostAsync(packed.ToArray(), "gzip");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        ReceivedRequest request = Assert.Single(_aws.Requests);
        Assert.Equal(((int)packed.Length, One.Length, "PutMetricData"), (request.WireBytes, request.BodyBytes, request.Operation));
        Assert.Single(_aws.Datums);
    }

    [Fact]
    public async Task Bad_gzip_is_malformed()
    {
        using HttpResponseMessage answer = await _client.PostAsync(Encoding.UTF8.GetBytes(One), "gzip");

        Assert.Equal((400, "MalformedHttpRequestException"), await ErrorOf(answer));
    }

    [Theory]
    [InlineData("Value", "\"NaN\"", "InvalidParameterValueException")]
    [InlineData("Value", "1e109", "InvalidParameterValueException")]
    [InlineData("Value", "1,\"Unit\":\"Hours\"", "InvalidParameterValueException")]
    [InlineData("Value", "1,\"StorageResolution\":30", "InvalidParameterValueException")]
    [InlineData("Value", "1,\"Timestamp\":1767225600000", "InvalidParameterValueException")]
    [InlineData("Value", "1,\"Dimensions\":[{\"Name\":\"Tier\",\"Value\":\"\\u00e9\"}]", "InvalidParameterValueException")]
    [InlineData("Value", "1,\"Dimensions\":[{\"Name\":\"Tier\"}]", "InvalidParameterValueException")]
    [InlineData("Value", "1,\"Values\":[1]", "InvalidParameterCombinationException")]
    [InlineData("Values", "[]", "InvalidParameterValueException")]
    [InlineData("Values", "[1,2],\"Counts\":[1]", "InvalidParameterValueException")]
    [InlineData("Values", "[1],\"Counts\":[-1]", "InvalidParameterValueException")]
    [InlineData("Counts", "[1]", "InvalidParameterCombinationException")]
    [InlineData("Value", "1,\"StatisticValues\":{\"SampleCount\":1,\"Sum\":1,\"Minimum\":1,\"Maximum\":1}",
        "InvalidParameterCombinationException")]
    [InlineData("StatisticValues", "{\"SampleCount\":0,\"Sum\":1,\"Minimum\":1,\"Maximum\":1}", "InvalidParameterValueException")]
    [InlineData("StatisticValues", "{\"SampleCount\":2,\"Sum\":3,\"Minimum\":2,\"Maximum\":1}", "InvalidParameterValueException")]
    [InlineData("Value", "1,\"Dimensions\":[{\"Name\":\"Tier\",\"Value\":\"a\"},{\"Name\":\"Tier\",\"Value\":\"a\"}]",
        "InvalidParameterValueException")]
    [InlineData("Weight", "1", "InvalidParameterCombinationException")]
    [InlineData("Value", "{}", "SerializationException")]
    public async Task A_datum_that_breaks_a_rule_fails_the_whole_request(string member, string value, string code)
    {
        using HttpResponseMessage answer = await _client.PostAsync(
            $$"""{"Namespace":"Shop","MetricData":[{"MetricName":"Good","Value":1},{"MetricName":"Bad","{{member}}":{{value}}}]}""");

        Assert.Equal((400, code), await ErrorOf(answer));
        Assert.Empty(_aws.Datums);
    }

    [Theory]
    [InlineData("AWS/Shop")]
    [InlineData("  ")]
    [InlineData("")]
    public async Task A_namespace_that_breaks_a_rule_is_refused(string name)
    {
        using HttpResponseMessage answer =
            await _client.PostAsync($$"""{"Namespace":"{{name}}","MetricData":[{"MetricName":"A","Value":1}]}""");

        Assert.Equal((400, "InvalidParameterValueException"), await ErrorOf(answer));
    }

    [Theory]
    [InlineData("Shop", "\"Values\":[1,2],\"Counts\":[0,1]")]
    [InlineData("Shop", "\"Values\":[1],\"StatisticValues\":{\"SampleCount\":1,\"Sum\":2,\"Minimum\":2,\"Maximum\":2}")]
    [InlineData(":Shop", "\"Value\":2")]
    public async Task What_CloudWatch_takes_against_its_own_words_is_taken(string name, string samples)
    {
        await SendAsync($$"""{"Namespace":"{{name}}","MetricData":[{"MetricName":"A",{{samples}}}]}""");

        AcceptedDatum datum = Assert.Single(_aws.Datums);
        Assert.Equal((1, 2, 2), (datum.SampleCount, datum.Sum, datum.Maximum));
    }

    [Fact]
    public async Task A_body_above_one_megabyte_is_too_large()
    {
        using HttpResponseMessage answer = await _client.PostAsync(One + new string(' ', 1024 * 1024));

        Assert.Equal((413, "RequestEntityTooLargeException"), await ErrorOf(answer));
    }

    [Fact]
    public async Task A_wrong_signature_is_refused()
    {
        _client.Secret = "guess";
        using HttpResponseMessage answer = await _client.PostAsync(One);

        Assert.Equal((403, "InvalidSignatureException"), await ErrorOf(answer));
    }

    [Fact]
    public async Task A_request_without_a_signature_is_refused()
    {
        using HttpClient http = new();
        using StringContent content = new(One, Encoding.UTF8);
        content.Headers.Add("X-Amz-Target", _client.Target);
        using HttpResponseMessage answer = await http.PostAsync(_aws.Url, content);

        Assert.Equal((403, "MissingAuthenticationTokenException"), await ErrorOf(answer));
    }

    [Fact]
    public async Task An_operation_it_does_not_speak_is_unknown()
    {
        _client.Target = "GraniteServiceVersion20100801.DeleteDashboards";
        using HttpResponseMessage answer = await _client.PostAsync("{}");

        Assert.Equal((404, "UnknownOperationException"), await ErrorOf(answer));
        Assert.Equal("DeleteDashboards", Assert.Single(_aws.Requests).Operation);
    }

    [Fact]
    public async Task The_script_plays_one_fault_a_request_and_then_serves()
    {
        _aws.Script.Enqueue(Fault.Throttle(TimeSpan.FromSeconds(2)), null, Fault.Unavailable());
        List<int> statuses = [];
        for (int i = 0; i < 4; i++)
        {
            using HttpResponseMessage answer = await _client.PostAsync(One);
            statuses.Add((int)answer.StatusCode);
            Assert.Equal(i == 0, answer.Headers.RetryAfter?.Delta == TimeSpan.FromSeconds(2));
        }

        Assert.Equal([400, 200, 503, 200], statuses);
        Assert.Equal(["400 ThrottlingException", null, "503 ServiceUnavailableException", null], _aws.Requests.Select(r => r.Fault?.Name));
        Assert.Equal(0, _aws.Script.Remaining);
    }

    [Fact]
    public async Task An_outage_lasts_until_it_is_cleared()
    {
        _aws.Script.Always = Fault.InternalError();
        using HttpResponseMessage down = await _client.PostAsync(One);
        using HttpResponseMessage stillDown = await _client.PostAsync(One);
        _aws.Script.Clear();
        using HttpResponseMessage up = await _client.PostAsync(One);

        Assert.Equal([500, 500, 200], new[] { down, stillDown, up }.Select(a => (int)a.StatusCode));
    }

    [Fact]
    public async Task An_error_has_the_shape_AWS_gives_it()
    {
        _aws.Script.Enqueue(Fault.InvalidItem(0));
        using HttpResponseMessage answer = await _client.PostAsync(One);

        Assert.Equal("InvalidParameterValue;Sender", Assert.Single(answer.Headers.GetValues("x-amzn-query-error")));
        Assert.Contains("MetricData.member.1", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_poisoned_datum_is_refused_wherever_it_turns_up()
    {
        _aws.Poison = d => d.Sum == 2;
        using HttpResponseMessage refused = await _client.PostAsync(One);
        using HttpResponseMessage served = await _client.PostAsync(One.Replace('2', '3'));

        Assert.Equal((400, 200), ((int)refused.StatusCode, (int)served.StatusCode));
    }

    [Fact]
    public async Task A_cut_connection_is_really_cut_and_what_was_accepted_before_it_stays()
    {
        _aws.Script.Enqueue(Fault.CutBeforeAcceptance(), Fault.CutAfterAcceptance());

        await Assert.ThrowsAsync<HttpRequestException>(() => _client.PostAsync(One));
        Assert.Empty(_aws.Datums);
        await Assert.ThrowsAsync<HttpRequestException>(() => _client.PostAsync(One));
        Assert.Single(_aws.Datums);
    }

    [Fact]
    public async Task A_hanging_request_goes_on_when_it_is_released()
    {
        TaskCompletionSource release = new();
        _aws.Script.Enqueue(Fault.Hang(release.Task));

        Task<HttpResponseMessage> hanging = _client.PostAsync(One);
        await _aws.WhenRequestsAsync(1).WaitAsync(Patience);
        using HttpResponseMessage other = await _client.PostAsync(One);
        Assert.False(hanging.IsCompleted);
        release.SetResult();

        using HttpResponseMessage released = await hanging.WaitAsync(Patience);
        Assert.Equal((HttpStatusCode.OK, 2), (released.StatusCode, _aws.Datums.Count));
    }

    [Fact]
    public async Task Closing_ends_requests_that_hang_and_frees_the_port()
    {
        ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
        using SignedClient client = new(aws.Url);
        aws.Script.Enqueue(Fault.Hang(new TaskCompletionSource().Task));
        Task<HttpResponseMessage> hanging = client.PostAsync(One);
        await aws.WhenRequestsAsync(1).WaitAsync(Patience);

        await aws.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => hanging.WaitAsync(Patience));
        using TcpClient probe = new();
        await Assert.ThrowsAnyAsync<SocketException>(() => probe.ConnectAsync(IPAddress.Loopback, aws.Url.Port));
    }

    [Fact]
    public async Task A_skewed_clock_shows_in_the_date_of_the_answer()
    {
        _aws.Script.Enqueue(Fault.ClockSkew(TimeSpan.FromHours(-3)));
        using HttpResponseMessage answer = await _client.PostAsync(One);

        Assert.Equal((400, "RequestExpired"), await ErrorOf(answer));
        Assert.InRange(_clock.GetUtcNow() - answer.Headers.Date!.Value, TimeSpan.FromMinutes(179), TimeSpan.FromMinutes(181));
    }

    [Fact]
    public async Task A_peer_that_speaks_no_HTTP_does_not_disturb_the_others()
    {
        using TcpClient peer = new();
        await peer.ConnectAsync(IPAddress.Loopback, _aws.Url.Port);
        await peer.GetStream().WriteAsync("hello\r\n\r\n"u8.ToArray());

        await SendAsync(One);

        Assert.Single(_aws.Requests);
    }

    private async Task SendAsync(string body)
    {
        using HttpResponseMessage answer = await _client.PostAsync(body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<(int Status, string Code)> ErrorOf(HttpResponseMessage answer)
    {
        using JsonDocument body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        string type = body.RootElement.GetProperty("__type").GetString()!;
        return ((int)answer.StatusCode, type[(type.IndexOf('#', StringComparison.Ordinal) + 1)..]);
    }
}
