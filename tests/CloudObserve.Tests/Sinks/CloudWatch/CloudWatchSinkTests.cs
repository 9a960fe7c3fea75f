using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using CloudObserve.Delivery;
using CloudObserve.Sinks.CloudWatch;
using CloudObserve.Testing;
using CloudObserve.Tests.Contracts;

namespace CloudObserve.Tests.Sinks.CloudWatch;

public sealed class CloudWatchSinkTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ScriptedCloudWatch _aws = ScriptedCloudWatch.Start();
    private readonly SinkEvents _events = new();
    private readonly CloudWatchSink _sink;

    public CloudWatchSinkTests() => _sink = Aws.SinkFor(_aws, _events);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _sink.Dispose();
        await _aws.DisposeAsync();
    }

    public static TheoryData<Fault, ErrorClass, string> Answers => new()
    {
        { Fault.Throttle(), ErrorClass.Throttled, "ThrottlingException" },
        { Fault.InternalError(), ErrorClass.Unavailable, "InternalServiceFault" },
        { Fault.Unavailable(), ErrorClass.Unavailable, "ServiceUnavailableException" },
        { Fault.AccessDenied(), ErrorClass.Unauthorized, "AccessDeniedException" },
        { Fault.ExpiredToken(), ErrorClass.Unauthorized, "ExpiredTokenException" },
        { Fault.TooLarge(), ErrorClass.TooLarge, "RequestEntityTooLargeException" },
        { Fault.InvalidItem(0), ErrorClass.Invalid, "InvalidParameterValue" },
        { Fault.Page(503, "<html>Maintenance</html>"), ErrorClass.Unavailable, "HTTP 503" },
        { Fault.Page(504, "<html>Gateway timeout</html>"), ErrorClass.Ambiguous, "HTTP 504" },
        { Fault.Page(400, ""), ErrorClass.Unavailable, "HTTP 400" },
        { Fault.Page(302, "<html>Log in</html>"), ErrorClass.Unavailable, "HTTP 302" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_error_is_classified_and_not_repeated(Fault fault, ErrorClass expected, string code)
    {
        _aws.Script.Enqueue(fault);

        SendResult result = await SendAsync();

        Assert.Equal((expected, code), (result.Error, result.Code));
        Assert.Single(_aws.Requests);
        Assert.Empty(_aws.Datums);
    }

    [Theory]
    [InlineData(403, "{\"__type\":\"AccessDeniedException\",\"message\":\"no\u0001\"}", ErrorClass.Unauthorized, "AccessDeniedException")]
    [InlineData(403, "{\"message\":\"no\u0001\"}", ErrorClass.Unauthorized, "HTTP 403")]
    [InlineData(403, "{\"message\":\"no", ErrorClass.Unauthorized, "HTTP 403")]
    [InlineData(400, "{\"message\":\"\\ud800\",\"__type\":\"ThrottlingException\"}", ErrorClass.Unavailable, "HTTP 400")]
    [InlineData(400, "{\"__type\":\"x#ThrottlingException\",\"message\":\"\\ud800\"}", ErrorClass.Throttled, "ThrottlingException")]
    [InlineData(500, "{\"__type\":5,\"message\":{\"a\":[1]},\"code\":\"InternalFailure\"}", ErrorClass.Unavailable, "InternalFailure")]
    [InlineData(503, "[1,2]", ErrorClass.Unavailable, "HTTP 503")]
    [InlineData(503, "null", ErrorClass.Unavailable, "HTTP 503")]
    [InlineData(503, "\"text\"", ErrorClass.Unavailable, "HTTP 503")]
    [InlineData(503, "\uFEFF{\"__type\":\"ThrottlingException\"}", ErrorClass.Throttled, "ThrottlingException")]
    public async Task An_error_whose_body_cannot_be_read_is_the_services_fault_and_classified_by_the_rest(
        int status, string body, ErrorClass expected, string code)
    {
        _aws.Script.Enqueue(Fault.Page(status, body));

        SendResult result = await SendAsync();

        Assert.Equal((expected, code), (result.Error, result.Code));
        Assert.Single(_aws.Requests);
    }

    [Fact]
    public async Task A_body_nested_without_end_is_the_services_fault()
    {
        _aws.Script.Enqueue(Fault.Page(403, "{\"a\":" + new string('[', 20_000)));

        Assert.Equal((ErrorClass.Unauthorized, "HTTP 403"), await SendAsync() is var result ? (result.Error, result.Code) : default);
    }

    [Fact]
    public async Task What_is_shown_of_a_page_is_short_and_one_line()
    {
        _aws.Script.Enqueue(Fault.Page(502, "<html>\n" + new string('x', 50_000)));
        string message = (await SendAsync()).Message;

        Assert.StartsWith("<html> xxx", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 100, 2_000);
    }

    [Fact]
    public async Task A_retry_after_is_handed_on()
    {
        _aws.Script.Enqueue(Fault.Throttle(TimeSpan.FromSeconds(7)));

        Assert.Equal(TimeSpan.FromSeconds(7), (await SendAsync()).RetryAfter);
    }

    [Fact]
    public async Task A_connection_that_breaks_before_the_answer_is_ambiguous_whether_or_not_the_batch_was_taken()
    {
        _aws.Script.Enqueue(null, Fault.CutBeforeAcceptance(), Fault.CutAfterAcceptance());

        ErrorClass[] answers = [(await SendAsync()).Error, (await SendAsync()).Error, (await SendAsync()).Error];

        Assert.Equal([ErrorClass.None, ErrorClass.Ambiguous, ErrorClass.Ambiguous], answers);
        Assert.Equal(3, _aws.Requests.Count);
        Assert.Equal(2, _aws.Datums.Count);
    }

    [Fact]
    public async Task A_port_nobody_listens_on_is_unavailable_not_ambiguous()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        using CloudWatchSink sink = new(Aws.OptionsFor(new Uri($"http://127.0.0.1:{port}")), TimeProvider.System, _events);

        Assert.Equal(ErrorClass.Unavailable, (await SendAsync(sink)).Error);
        Assert.Empty(_events.Bodies);
    }

    [Fact]
    public async Task A_host_that_does_not_exist_is_unavailable()
    {
        using CloudWatchSink sink = new(Aws.OptionsFor(new Uri("http://no-such-host.invalid")), TimeProvider.System, _events);

        Assert.Equal(ErrorClass.Unavailable, (await SendAsync(sink)).Error);
    }

    [Fact]
    public async Task A_server_that_speaks_no_TLS_is_unavailable()
    {
        using CloudWatchSink sink = new(Aws.OptionsFor(new UriBuilder(_aws.Url) { Scheme = "https" }.Uri), TimeProvider.System, _events);

        Assert.Equal(ErrorClass.Unavailable, (await SendAsync(sink)).Error);
    }

    [Fact]
    public async Task A_cancelled_attempt_ends_while_the_server_hangs()
    {
        TaskCompletionSource release = new();
        _aws.Script.Enqueue(Fault.Hang(release.Task));
        using CancellationTokenSource attempt = new();
        using Batch batch = MetricBatch.Of(MetricBatch.Datum());

        Task<SendResult> sending = _sink.SendAsync(batch, attempt.Token).AsTask();
        await _aws.WhenRequestsAsync(1).WaitAsync(Patience);
        await attempt.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(Patience));
        release.SetResult();
    }

    [Fact]
    public async Task A_request_has_the_headers_of_its_protocol()
    {
        await SendAsync();

        ReceivedRequest request = Assert.Single(_aws.Requests);
        Assert.Equal("PutMetricData", request.Operation);
        Assert.Equal("application/x-amz-json-1.0", request.Headers["Content-Type"]);
        Assert.Equal("true", request.Headers["x-amzn-query-mode"]);
        Assert.Contains("/eu-west-1/monitoring/aws4_request", request.Headers["Authorization"], StringComparison.Ordinal);
        Assert.DoesNotContain("Expect", request.Headers.Keys);
    }

    [Fact]
    public async Task Sending_is_no_part_of_the_applications_traces()
    {
        using Activity activity = new Activity("checkout").Start();

        await SendAsync();

        Assert.DoesNotContain("traceparent", Assert.Single(_aws.Requests).Headers.Keys);
    }

    [Fact]
    public async Task The_user_agent_names_the_library_once_and_does_not_grow()
    {
        await SendAsync();
        await SendAsync();

        string[] agents = [.. _aws.Requests.Select(r => r.Headers.GetValueOrDefault("x-amz-user-agent") ?? r.Headers["User-Agent"])];
        Assert.Equal(2, agents[0].Split("md/CloudObserve#").Length);
        Assert.Equal(agents[0].Length, agents[1].Length);
    }

    [Fact]
    public async Task A_large_body_goes_compressed_and_both_sizes_are_reported()
    {
        string[] datums = [.. Enumerable.Range(0, 500).Select(i => MetricBatch.Datum(i))];
        using Batch batch = MetricBatch.Of(datums);

        await _sink.SendAsync(batch, CancellationToken.None);

        ReceivedRequest request = Assert.Single(_aws.Requests);
        Assert.Equal("gzip", request.Headers["Content-Encoding"]);
        Assert.Equal(batch.Body.Length, request.BodyBytes);
        Assert.Equal(("PutMetricData", batch.Body.Length, request.WireBytes), Assert.Single(_events.Bodies));
        Assert.True(request.WireBytes < request.BodyBytes / 2);
        Assert.Equal(500, _aws.Datums.Count);
    }

    [Fact]
    public async Task A_small_body_goes_as_it_is()
    {
        await SendAsync();

        Assert.DoesNotContain("Content-Encoding", Assert.Single(_aws.Requests).Headers.Keys);
        (_, long before, long after) = Assert.Single(_events.Bodies);
        Assert.Equal(before, after);
    }

    [Fact]
    public async Task A_clock_that_is_off_is_corrected_and_the_batch_arrives()
    {
        _aws.Script.Enqueue(Fault.ClockSkew(TimeSpan.FromHours(3)));

        Assert.Equal(ErrorClass.None, (await SendAsync()).Error);

        DateTimeOffset[] signed = [.. _aws.Requests.Select(r =>
            DateTimeOffset.ParseExact(
                r.Headers["X-Amz-Date"], "yyyyMMdd'T'HHmmss'Z'", null, System.Globalization.DateTimeStyles.AssumeUniversal))];
        Assert.Equal(2, signed.Length);
        Assert.InRange(signed[1] - signed[0], TimeSpan.FromMinutes(179), TimeSpan.FromMinutes(181));
    }

    [Fact]
    public async Task Clocks_that_cannot_be_reconciled_cost_one_repetition_only()
    {
        _aws.Script.Always = Fault.ClockSkew(TimeSpan.FromHours(3));

        Assert.Equal(ErrorClass.Unavailable, (await SendAsync()).Error);
        Assert.Equal(2, _aws.Requests.Count);
    }

    [Fact]
    public async Task Expired_credentials_are_renewed_once_and_the_batch_may_try_again_at_once()
    {
        CountingCredentials credentials = new();
        using CloudWatchSink sink = new(OptionsWith(credentials), TimeProvider.System, _events);
        _aws.Script.Enqueue(Fault.ExpiredToken(), Fault.ExpiredToken(), null, Fault.ExpiredToken());

        ErrorClass[] answers =
            [(await SendAsync(sink)).Error, (await SendAsync(sink)).Error, (await SendAsync(sink)).Error, (await SendAsync(sink)).Error];

        Assert.Equal([ErrorClass.Unavailable, ErrorClass.Unauthorized, ErrorClass.None, ErrorClass.Unavailable], answers);
        Assert.Equal(2, credentials.Made);
    }

    [Fact]
    public async Task Credentials_that_cannot_be_had_name_what_to_set_and_are_looked_for_again()
    {
        FlakyCredentials credentials = new();
        using CloudWatchSink sink = new(OptionsWith(credentials), TimeProvider.System, _events);

        SendResult first = await SendAsync(sink);
        credentials.Available = true;
        SendResult second = await SendAsync(sink);

        Assert.Equal((ErrorClass.Unauthorized, "NoCredentials"), (first.Error, first.Code));
        Assert.Contains("AWS_PROFILE", first.Message, StringComparison.Ordinal);
        Assert.Contains("IAM role", first.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorClass.None, second.Error);
    }

    [Fact]
    public async Task Foreign_credentials_are_unauthorised()
    {
        using CloudWatchSink sink =
            new(OptionsWith(new BasicAWSCredentials(ScriptedCloudWatch.AccessKeyId, "wrong")), TimeProvider.System, _events);

        SendResult result = await SendAsync(sink);

        Assert.Equal((ErrorClass.Unauthorized, "InvalidSignatureException"), (result.Error, result.Code));
    }

    [Fact]
    public async Task A_disposed_sink_sends_nothing()
    {
        await SendAsync();
        _sink.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => SendAsync());
        Assert.Single(_aws.Requests);
    }

    [Fact]
    public async Task An_operation_nobody_knows_is_a_fault_of_the_caller()
    {
        byte[] body = System.Buffers.ArrayPool<byte>.Shared.Rent(8);
        using Batch batch = new(new BatchHeader("DeleteEverything", "", default, default), body, 8, 1, [7], null);

        await Assert.ThrowsAsync<NotSupportedException>(() => _sink.SendAsync(batch, CancellationToken.None).AsTask());
    }

    private AwsOptions OptionsWith(AWSCredentials credentials) =>
        new() { Region = "eu-west-1", ServiceUrl = _aws.Url, Credentials = credentials };

    private Task<SendResult> SendAsync() => SendAsync(_sink);

    private static async Task<SendResult> SendAsync(CloudWatchSink sink)
    {
        using Batch batch = MetricBatch.Of(MetricBatch.Datum());
        return await sink.SendAsync(batch, CancellationToken.None);
    }

    private sealed class CountingCredentials : RefreshingAWSCredentials
    {
        internal int Made { get; private set; }

        protected override CredentialsRefreshState GenerateNewCredentials()
        {
            Made++;
            return new CredentialsRefreshState(Aws.Credentials.GetCredentials(), DateTime.UtcNow.AddHours(1));
        }

        protected override Task<CredentialsRefreshState> GenerateNewCredentialsAsync() => Task.FromResult(GenerateNewCredentials());
    }

    private sealed class FlakyCredentials : AWSCredentials
    {
        internal bool Available { get; set; }

        public override ImmutableCredentials GetCredentials() => Available
            ? Aws.Credentials.GetCredentials()
            : throw new AmazonServiceException("Unable to reach the metadata service.", new HttpRequestException("timed out"));
    }
}
