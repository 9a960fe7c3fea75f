using CloudObserve.Delivery;
using CloudObserve.Sinks;
using CloudObserve.Sinks.CloudWatch;
using CloudObserve.Testing;
using CloudObserve.Tests.Contracts;

namespace CloudObserve.Tests.Sinks.CloudWatch.Logs;

/// <summary>Tests the creation of missing groups and streams. Each test reads as the list of calls it leads to.</summary>
public sealed class LogCreationTests : IAsyncLifetime, IDisposable
{
    private const string Put = "PutLogEvents";
    private const string Stream = "CreateLogStream";
    private const string Group = "CreateLogGroup";
    private const string Retention = "PutRetentionPolicy";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ScriptedCloudWatch _aws = ScriptedCloudWatch.Start();
    private readonly ManualTimeProvider _clock = new();
    private readonly SinkEvents _events = new();
    private readonly CloudWatchSink _sink;
    private LogGroupSettings _settings = LogGroupSettings.None;

    public LogCreationTests() => _sink = new CloudWatchSink(Aws.OptionsFor(_aws), _clock, _events, _ => _settings);

    private string[] Calls => [.. _aws.Requests.Select(r => r.Operation)];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _aws.DisposeAsync();

    public void Dispose() => _sink.Dispose();

    [Fact]
    public async Task A_stream_that_exists_takes_one_call_in_the_protocol_of_CloudWatch_Logs()
    {
        _aws.CreateLogGroup(LogBatch.Group, LogBatch.Stream);

        Assert.Equal(ErrorClass.None, (await SendAsync()).Error);

        ReceivedRequest request = Assert.Single(_aws.Requests);
        Assert.Equal("Logs_20140328.PutLogEvents", request.Headers["X-Amz-Target"]);
        Assert.Equal("application/x-amz-json-1.1", request.Headers["Content-Type"]);
        Assert.Contains("/eu-west-1/logs/aws4_request", request.Headers["Authorization"], StringComparison.Ordinal);
        Assert.DoesNotContain("x-amzn-query-mode", request.Headers.Keys);
    }

    [Fact]
    public async Task A_large_body_is_not_compressed_for_the_service_takes_no_gzip()
    {
        _aws.CreateLogGroup(LogBatch.Group, LogBatch.Stream);
        using Batch batch = LogBatch.Of(LogBatch.Events(1000, DateTimeOffset.UtcNow));

        Assert.Equal(ErrorClass.None, (await _sink.SendAsync(batch, CancellationToken.None)).Error);

        Assert.DoesNotContain("Content-Encoding", Assert.Single(_aws.Requests).Headers.Keys);
        Assert.Equal(1000, _aws.LogEvents.Count);
    }

    [Fact]
    public async Task A_missing_stream_is_created_and_the_batch_sent_again()
    {
        _aws.CreateLogGroup(LogBatch.Group);

        Assert.Equal(ErrorClass.None, (await SendAsync()).Error);

        Assert.Equal([Put, Stream, Put], Calls);
        Assert.Single(_aws.LogEvents);
    }

    [Fact]
    public async Task A_stream_in_a_group_that_exists_needs_no_other_permission()
    {
        _aws.CreateLogGroup(LogBatch.Group);
        _aws.Deny(Group);
        _aws.Deny(Retention);
        _settings = LogGroupSettings.None with { RetentionInDays = 30 };

        Assert.Equal(ErrorClass.None, (await SendAsync()).Error);

        Assert.Equal([Put, Stream, Put], Calls);
    }

    [Fact]
    public async Task A_missing_group_is_created_as_configured()
    {
        _settings = new LogGroupSettings(
            30, "INFREQUENT_ACCESS", "arn:aws:kms:eu-west-1:123456789012:key/k", new Dictionary<string, string> { ["team"] = "shöp" });

        Assert.Equal(ErrorClass.None, (await SendAsync()).Error);

        Assert.Equal([Put, Stream, Group, Retention, Stream, Put], Calls);
        CreatedLogGroup group = Assert.Single(_aws.LogGroups);
        Assert.Equal((LogBatch.Group, "INFREQUENT_ACCESS", "arn:aws:kms:eu-west-1:123456789012:key/k", 30),
            (group.Name, group.Class, group.KmsKeyId, group.RetentionInDays));
        Assert.Equal([new("team", "shöp")], group.Tags);
        Assert.Equal([LogBatch.Stream], group.Streams);
    }

    [Fact]
    public async Task A_group_for_which_nothing_is_configured_gets_nothing()
    {
        Assert.Equal(ErrorClass.None, (await SendAsync()).Error);

        Assert.Equal([Put, Stream, Group, Stream, Put], Calls);
        CreatedLogGroup group = Assert.Single(_aws.LogGroups);
        Assert.Equal(("STANDARD", null, null), (group.Class, group.KmsKeyId, group.RetentionInDays));
        Assert.Empty(group.Tags);
    }

    [Fact]
    public async Task What_somebody_else_has_created_meanwhile_is_as_good_and_keeps_its_retention()
    {
        _settings = LogGroupSettings.None with { RetentionInDays = 30 };
        Fault exists = Fault.Error(400, "ResourceAlreadyExistsException", "The specified log group already exists");
        _aws.CreateLogGroup(LogBatch.Group, LogBatch.Stream);
        _aws.Script.Enqueue(NotFound("stream"), NotFound("group"), exists, null);

        Assert.Equal(ErrorClass.None, (await SendAsync()).Error);

        Assert.Equal([Put, Stream, Group, Stream, Put], Calls);
        Assert.Null(Assert.Single(_aws.LogGroups).RetentionInDays);
        Assert.Single(_aws.LogEvents);
    }

    [Fact]
    public async Task What_is_missing_still_after_its_creation_is_left_to_a_later_attempt()
    {
        _aws.CreateLogGroup(LogBatch.Group);
        _aws.Script.Enqueue(null, null, NotFound("stream"));

        SendResult first = await SendAsync();
        SendResult second = await SendAsync();

        Assert.Equal((ErrorClass.MissingResource, "ResourceNotFoundException"), (first.Error, first.Code));
        Assert.Equal(ErrorClass.None, second.Error);
        Assert.Equal([Put, Stream, Put, Put], Calls);
    }

    [Theory]
    [InlineData(Stream)]
    [InlineData(Group)]
    public async Task What_may_not_be_created_names_the_missing_action_and_the_data_may_wait(string denied)
    {
        _aws.Deny(denied);
        if (denied == Stream)
        {
            _aws.CreateLogGroup(LogBatch.Group);
        }

        SendResult refused = await SendAsync();

        Assert.Equal((ErrorClass.MissingResource, "AccessDeniedException"), (refused.Error, refused.Code));
        Assert.Contains($"Allow the IAM action logs:{denied},", refused.Message, StringComparison.Ordinal);
        Assert.Contains(LogBatch.Group, refused.Message, StringComparison.Ordinal);
        Assert.Empty(_aws.LogEvents);

        _aws.Allow(denied);
        Assert.Equal(ErrorClass.None, (await SendAsync()).Error);
        Assert.Single(_aws.LogEvents);
    }

    [Fact]
    public async Task The_action_that_is_missing_is_the_one_the_service_names()
    {
        _aws.Script.Enqueue(
            null, null, Fault.Error(400, "AccessDeniedException", "User: x is not authorized to perform: logs:TagResource on resource: y"));

        Assert.Contains("Allow the IAM action logs:TagResource,", (await SendAsync()).Message, StringComparison.Ordinal);
    }

    public static TheoryData<Fault, ErrorClass> CreationFaults => new()
    {
        { Fault.Error(400, "OperationAbortedException", "Multiple concurrent requests to update the same resource were in conflict."),
            ErrorClass.MissingResource },
        { Fault.Error(400, "LimitExceededException", "Resource limit exceeded."), ErrorClass.MissingResource },
        { Fault.Error(400, "InvalidParameterException", "The specified KMS key does not exist."), ErrorClass.MissingResource },
        { Fault.Error(413, "RequestEntityTooLargeException", "Too large."), ErrorClass.MissingResource },
        { Fault.Throttle(TimeSpan.FromSeconds(3)), ErrorClass.Throttled },
        { Fault.Unavailable(), ErrorClass.Unavailable },
        { Fault.ExpiredToken(), ErrorClass.Unauthorized },
        { Fault.CutAfterAcceptance(), ErrorClass.Unavailable },
        { Fault.CutBeforeAcceptance(), ErrorClass.Unavailable },
    };

    [Theory]
    [MemberData(nameof(CreationFaults))]
    public async Task A_creation_that_fails_speaks_never_against_the_batch_and_the_next_attempt_creates_anew(
        Fault fault, ErrorClass expected)
    {
        _aws.Script.Enqueue(null, null, fault);

        SendResult failed = await SendAsync();
        SendResult again = await SendAsync();

        Assert.Equal(expected, failed.Error);
        Assert.Equal(fault.Name.Contains("Throttling", StringComparison.Ordinal) ? TimeSpan.FromSeconds(3) : null, failed.RetryAfter);
        Assert.Equal(ErrorClass.None, again.Error);
        Assert.Single(_aws.LogEvents);
    }

    [Theory]
    [InlineData("ResourceAlreadyExistsException")]
    [InlineData("DataAlreadyAcceptedException")]
    public async Task What_is_already_so_is_a_success(string code)
    {
        _aws.Script.Enqueue(Fault.Error(400, code, "Already."));

        Assert.Equal(ErrorClass.None, (await SendAsync()).Error);
        Assert.Equal([Put], Calls);
    }

    [Fact]
    public async Task A_sequence_token_that_an_old_emulator_asks_for_costs_no_data()
    {
        _aws.Script.Enqueue(Fault.Error(400, "InvalidSequenceTokenException", "The given sequenceToken is invalid."));

        Assert.Equal(ErrorClass.Unavailable, (await SendAsync()).Error);
        Assert.Equal([Put], Calls);
    }

    [Fact]
    public async Task A_page_with_status_404_creates_nothing()
    {
        _aws.Script.Enqueue(Fault.Page(404, "<html>Nothing here</html>"));

        SendResult result = await SendAsync();

        Assert.Equal((ErrorClass.MissingResource, "HTTP 404"), (result.Error, result.Code));
        Assert.Equal([Put], Calls);
    }

    [Fact]
    public async Task A_retention_that_cannot_be_set_stops_no_logs_is_told_once_and_tried_again_later()
    {
        _settings = LogGroupSettings.None with { RetentionInDays = 30 };
        _aws.Deny(Retention);

        Assert.Equal(ErrorClass.None, (await SendAsync()).Error);
        Assert.Equal([Put, Stream, Group, Retention, Stream, Put], Calls);
        (string resource, string operation, string code, string message) = Assert.Single(_events.Incomplete);
        Assert.Equal(($"log group {LogBatch.Group}", Retention, "AccessDeniedException"), (resource, operation, code));
        Assert.Contains("logs:PutRetentionPolicy", message, StringComparison.Ordinal);

        // Too soon.
        await SendAsync();
        Assert.Equal([Put, Stream, Group, Retention, Stream, Put, Put], Calls);

        // Due, and still refused.
        await SendLaterAsync(expectedCalls: 9);
        Assert.Equal(2, Calls.Count(c => c == Retention));

        // Due, and allowed now.
        _aws.Allow(Retention);
        await SendLaterAsync(expectedCalls: 11);
        await Eventually(() => Assert.Single(_aws.LogGroups).RetentionInDays == 30);
        Assert.Single(_events.Incomplete);
    }

    [Fact]
    public async Task A_retention_that_hangs_does_not_hold_up_the_logs()
    {
        TaskCompletionSource release = new();
        _settings = LogGroupSettings.None with { RetentionInDays = 30 };
        _aws.Script.Enqueue(null, null, null, Fault.Hang(release.Task));

        Task<SendResult> sending = SendAsync();
        await _aws.WhenRequestsAsync(4).WaitAsync(Patience);

        // The patience with the call, and that of the creation which waits for it: only when both run may the clock move.
        await Eventually(() => _clock.ActiveTimers == 2);
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(ErrorClass.None, (await sending.WaitAsync(Patience)).Error);
        Assert.Single(_aws.LogEvents);
        release.SetResult();
    }

    [Fact]
    public async Task A_group_whose_creation_was_not_answered_gets_its_retention_later()
    {
        _settings = LogGroupSettings.None with { RetentionInDays = 30 };
        _aws.Script.Enqueue(null, null, Fault.CutAfterAcceptance());

        Assert.Equal(ErrorClass.Unavailable, (await SendAsync()).Error);
        Assert.Null(Assert.Single(_aws.LogGroups).RetentionInDays);
        await SendLaterAsync(expectedCalls: 7);

        Assert.Equal([Put, Stream, Group, Put, Stream, Put, Retention], Calls);
    }

    [Fact]
    public async Task Batches_that_miss_the_same_stream_at_once_create_it_once()
    {
        const int Senders = 8;
        TaskCompletionSource all = new();
        _aws.Script.Enqueue([.. Enumerable.Repeat(Fault.Hang(all.Task), Senders)]);

        // The creation takes long, so that all who have been refused meet in it. One who comes too late all the same finds the stream
        // there.
        TaskCompletionSource creation = new();
        _aws.Script.Enqueue(Fault.Hang(creation.Task));
        Task<SendResult>[] sending = [.. Enumerable.Range(0, Senders).Select(_ => SendAsync())];
        await _aws.WhenRequestsAsync(Senders).WaitAsync(Patience);
        all.SetResult();
        await _aws.WhenRequestsAsync(Senders + 1).WaitAsync(Patience);
        creation.SetResult();
        SendResult[] results = await Task.WhenAll(sending).WaitAsync(Patience);

        Assert.All(results, r => Assert.True(r.Error == ErrorClass.None, r.ToString()));
        Assert.Equal(Senders, _aws.LogEvents.Count);
        Assert.Equal(1, Calls.Count(c => c == Group));
        Assert.Equal([LogBatch.Stream], Assert.Single(_aws.LogGroups).Streams);
    }

    [Fact]
    public async Task A_sender_that_gives_up_takes_nothing_from_those_who_wait_for_the_same_creation()
    {
        TaskCompletionSource release = new();
        _aws.CreateLogGroup(LogBatch.Group);
        _aws.Script.Enqueue(null, Fault.Hang(release.Task));
        using CancellationTokenSource impatient = new();

        Task<SendResult> first = SendAsync(impatient.Token);
        await _aws.WhenRequestsAsync(2).WaitAsync(Patience);
        Task<SendResult> second = SendAsync();
        await _aws.WhenRequestsAsync(3).WaitAsync(Patience);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(Patience));
        release.SetResult();

        Assert.Equal(ErrorClass.None, (await second.WaitAsync(Patience)).Error);
        Assert.Single(_aws.LogEvents);
    }

    [Fact]
    public async Task A_creation_that_nobody_answers_ends_after_a_while()
    {
        _aws.CreateLogGroup(LogBatch.Group);
        _aws.Script.Enqueue(null, Fault.Hang(new TaskCompletionSource().Task));

        Task<SendResult> sending = SendAsync();
        await _aws.WhenRequestsAsync(2).WaitAsync(Patience);
        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal((ErrorClass.Unavailable, "RequestTimeout"), ((await sending.WaitAsync(Patience)).Error, (await sending).Code));
    }

    private static Fault NotFound(string what) =>
        Fault.Error(400, "ResourceNotFoundException", $"The specified log {what} does not exist.");

    private static async Task Eventually(Func<bool> condition)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, "It did not happen.");
            await Task.Yield();
        }
    }

    private async Task SendLaterAsync(int expectedCalls)
    {
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(ErrorClass.None, (await SendAsync()).Error);
        await _aws.WhenRequestsAsync(expectedCalls).WaitAsync(Patience);
    }

    private async Task<SendResult> SendAsync(CancellationToken cancellationToken = default)
    {
        using Batch batch = LogBatch.Of(LogBatch.Event(DateTimeOffset.UtcNow));
        return await _sink.SendAsync(batch, cancellationToken);
    }
}
