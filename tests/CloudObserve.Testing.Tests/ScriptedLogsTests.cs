using System.Text.Json;

namespace CloudObserve.Testing.Tests;

public sealed class ScriptedLogsTests : IAsyncLifetime, IDisposable
{
    private const string Name = "\"logGroupName\":\"/shop\"";
    private const string Both = Name + ",\"logStreamName\":\"web/1\"";

    private readonly ManualTimeProvider _clock = new();
    private readonly ScriptedCloudWatch _aws;
    private readonly SignedClient _client;

    public ScriptedLogsTests()
    {
        _aws = ScriptedCloudWatch.Start(_clock);
        _client = new SignedClient(_aws.Url) { Service = "logs", ContentType = "application/x-amz-json-1.1" };
    }

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _aws.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task What_is_created_takes_events_and_shows_how_it_was_created()
    {
        await SendAsync("CreateLogGroup",
            $$"""{{{Name}}, "logGroupClass":"INFREQUENT_ACCESS","kmsKeyId":"arn:k","tags":{"team":"shop"} }""");
        await SendAsync("CreateLogStream", $$"""{{{Both}}}""");
        await SendAsync("PutRetentionPolicy", $$"""{{{Name}}, "retentionInDays":14}""");
        string answer = await SendAsync("PutLogEvents", $$"""{{{Both}}, "logEvents":[{"timestamp":{{Now}},"message":"é"}]}""");

        CreatedLogGroup group = Assert.Single(_aws.LogGroups);
        Assert.Equal(("/shop", "INFREQUENT_ACCESS", "arn:k", 14), (group.Name, group.Class, group.KmsKeyId, group.RetentionInDays));
        Assert.Equal("shop", group.Tags["team"]);
        Assert.Equal(["web/1"], group.Streams);
        Assert.Equal(new AcceptedLogEvent("/shop", "web/1", _clock.GetUtcNow(), "é"), Assert.Single(_aws.LogEvents));
        Assert.Contains("nextSequenceToken", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("rejectedLogEventsInfo", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_accepted_can_be_shown_by_request_instead_of_being_kept()
    {
        List<string> shown = [];
        _aws.KeepsAccepted = false;
        _aws.LogEventsAccepted = events => shown.Add(string.Join(' ', events.Select(e => e.Message)));
        _aws.CreateLogGroup("/shop", "web/1");
        await SendAsync("PutLogEvents",
            $$"""{{{Both}}, "logEvents":[{"timestamp":{{Now}},"message":"a"},{"timestamp":{{Now}},"message":"b"}]}""");
        await SendAsync("PutLogEvents", $$"""{{{Both}}, "logEvents":[{"timestamp":{{Now}},"message":"c"}]}""");

        Assert.Equal(["a b", "c"], shown);
        Assert.Empty(_aws.LogEvents);
    }

    [Fact]
    public async Task What_was_accepted_and_not_answered_is_counted()
    {
        _aws.CreateLogGroup("/shop", "web/1");
        _aws.Script.Enqueue(Fault.CutAfterAcceptance(), Fault.CutAfterAcceptance());
        string body = $$"""{{{Both}}, "logEvents":[{"timestamp":{{Now}},"message":"a"},{"timestamp":{{Now}},"message":"b"}]}""";
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => SendAsync("PutLogEvents", body));
        _aws.Script.Clear();
        await SendAsync("PutLogEvents", body);

        Assert.Equal(4, _aws.LogEvents.Count);
        Assert.Equal((2, 0), (_aws.UnansweredLogEvents, _aws.UnansweredSamples));
    }

    [Fact]
    public async Task A_metric_filter_is_kept_as_it_was_put()
    {
        _aws.CreateLogGroup("/shop");
        await SendAsync(
            "PutMetricFilter",
            $$"""{{{Name}},"filterName":"f","filterPattern":"{ $.a = * }","metricTransformations":[{"metricNamespace":"n","metricName":"m","metricValue":"$.a","dimensions":{"d":"$.a"},"unit":"Count"}]}""");

        CreatedMetricFilter filter = Assert.Single(_aws.MetricFilters);
        Assert.Equal(("/shop", "f", "{ $.a = * }", "n", "m", "$.a", null, "Count"),
            (filter.LogGroupName, filter.FilterName, filter.FilterPattern, filter.MetricNamespace, filter.MetricName, filter.MetricValue,
                filter.DefaultValue, filter.Unit));
        Assert.Equal("$.a", filter.Dimensions["d"]);
    }

    [Theory]
    [InlineData("\"filterName\":\"f\",\"filterPattern\":\"{\",\"metricTransformations\":[{}]")]
    [InlineData("\"filterName\":\"a:b\",\"filterPattern\":\"\",\"metricTransformations\":[{}]")]
    [InlineData("\"filterName\":\"f\",\"filterPattern\":\"\",\"metricTransformations\":[{\"metricName\":\"m\"}]")]
    [InlineData("\"filterName\":\"f\",\"filterPattern\":\"\",\"metricTransformations\":[]")]
    [InlineData("\"filterName\":\"f\",\"filterPattern\":\"x\",\"metricTransformations\":[{\"metricNamespace\":\"n\",\"metricName\":\"m\",\"metricValue\":\"1\",\"dimensions\":{\"d\":\"$.a\"}}]")]
    public async Task A_metric_filter_that_breaks_a_rule_is_refused(string members)
    {
        _aws.CreateLogGroup("/shop");
        _client.Target = "Logs_20140328.PutMetricFilter";
        using HttpResponseMessage answer = await _client.PostAsync($$"""{{{Name}},{{members}}}""");

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("InvalidParameterException", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(_aws.MetricFilters);
    }

    [Theory]
    [InlineData("Your input has exceeded the maximum of 2 regular expressions per filter pattern.",
        "{ $.a = %A% && $.b = %B% && $.c = %C% }", "1", "")]
    [InlineData("Invalid metric transformation: metric value much must be a valid number", "x", "much", "")]
    [InlineData("Invalid metric transformation: dimension value must be valid selector", "{ $.a = 1 }", "1",
        ",\"dimensions\":{\"D\":\"literal\"}")]
    [InlineData("Number of dimensions exceeds the maximum number of dimensions supported per metric filter", "{ $.a = 1 }", "1",
        ",\"dimensions\":{\"A\":\"$.a\",\"B\":\"$.a\",\"C\":\"$.a\",\"D\":\"$.a\"}")]
    [InlineData("Invalid metric transformation: dimensions and default value are mutually exclusive properties", "{ $.a = 1 }", "1",
        ",\"dimensions\":{\"A\":\"$.a\"},\"defaultValue\":0")]
    [InlineData("1 validation error detected: Value at 'metricTransformations.1.member.unit' failed to satisfy constraint: Member must satisfy enum value set: [Gigabits/Second, Gigabits, Percent, Terabits, Bits, Kilobits, Megabytes/Second, Kilobytes, Megabits/Second, Terabytes, Bytes, Count, Gigabytes, Milliseconds, Count/Second, Gigabytes/Second, None, Terabytes/Second, Bytes/Second, Megabits, Kilobytes/Second, Megabytes, Microseconds, Kilobits/Second, Terabits/Second, Bits/Second, Seconds]", "x", "1", ",\"unit\":\"Widgets\"")]
    [InlineData("1 validation error detected: Value at 'metricTransformations' failed to satisfy constraint: Member must have length less than or equal to 1", "x", "1", "},{\"metricName\":\"m\"")]
    [InlineData("The provided field selection criteria is invalid", "x", "1",
        "}],\"fieldSelectionCriteria\":\"bogus criteria\",\"more\":[{")]
    public async Task A_metric_filter_is_refused_in_the_words_of_CloudWatch_Logs(string message, string pattern, string value, string more)
    {
        _aws.CreateLogGroup("/shop");

        (int status, string code, string said) = await ErrorAsync(
            "PutMetricFilter",
            $$"""{{{Name}},"filterName":"f","filterPattern":"{{pattern}}","metricTransformations":[{"metricNamespace":"n","metricName":"m","metricValue":"{{value}}"{{more}}}]}""");

        Assert.Equal((400, "InvalidParameterException", message), (status, code, said));
    }

    [Fact]
    public async Task A_dimension_may_name_a_field_that_the_pattern_does_not_have()
    {
        _aws.CreateLogGroup("/shop");
        await SendAsync(
            "PutMetricFilter",
            $$"""{{{Name}},"filterName":"f","filterPattern":"{ $.a = 1 }","metricTransformations":[{"metricNamespace":"n","metricName":"m","metricValue":"1","dimensions":{"D":"$.missing"} }]}""");

        Assert.Equal("$.missing", Assert.Single(_aws.MetricFilters).Dimensions["D"]);
    }

    [Theory]
    [InlineData("PutMetricFilter",
        "\"filterName\":\"f\",\"filterPattern\":\"\",\"metricTransformations\":[{\"metricNamespace\":\"n\",\"metricName\":\"m\",\"metricValue\":\"1\"}]", "ResourceNotFoundException", "log group")]
    [InlineData("PutLogEvents", "\"logEvents\":[{\"timestamp\":1767225600000,\"message\":\"m\"}]", "ResourceNotFoundException",
        "log group")]
    [InlineData("CreateLogStream", "\"new\":1", "ResourceNotFoundException", "log group")]
    [InlineData("PutRetentionPolicy", "\"retentionInDays\":1", "ResourceNotFoundException", "log group")]
    public async Task What_was_not_created_is_missing(string operation, string more, string code, string what)
    {
        (int status, string error, string message) = await ErrorAsync(operation, $$"""{{{Both}}, {{more}}}""");

        Assert.Equal((400, code), (status, error));
        Assert.Contains(what, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_is_missing_in_a_group_is_named_as_such()
    {
        _aws.CreateLogGroup("/shop");

        Assert.Contains("log stream", (await PutErrorAsync($$"""{"timestamp":{{Now}},"message":"m"}""")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CreateLogGroup")]
    [InlineData("CreateLogStream")]
    public async Task What_exists_cannot_be_created_again(string operation)
    {
        _aws.CreateLogGroup("/shop", "web/1");

        Assert.Equal((400, "ResourceAlreadyExistsException"), Short(await ErrorAsync(operation, $$"""{{{Both}}}""")));
        Assert.Throws<InvalidOperationException>(() => _aws.CreateLogGroup("/shop"));
    }

    [Theory]
    [InlineData("CreateLogGroup", "{}")]
    [InlineData("CreateLogGroup", "{\"logGroupName\":\"\"}")]
    [InlineData("CreateLogGroup", "{\"logGroupName\":\"a b\"}")]
    [InlineData("CreateLogGroup", "{\"logGroupName\":\"aws/x\"}")]
    [InlineData("CreateLogGroup", "{\"logGroupName\":\"new\",\"logGroupClass\":\"CHEAP\"}")]
    [InlineData("CreateLogStream", "{\"logGroupName\":\"/shop\"}")]
    [InlineData("CreateLogStream", "{\"logGroupName\":\"/shop\",\"logStreamName\":\"\"}")]
    [InlineData("CreateLogStream", "{\"logGroupName\":\"/shop\",\"logStreamName\":\"a:b\"}")]
    [InlineData("CreateLogStream", "{\"logGroupName\":\"/shop\",\"logStreamName\":\"a*\"}")]
    [InlineData("PutRetentionPolicy", "{\"logGroupName\":\"/shop\"}")]
    [InlineData("PutRetentionPolicy", "{\"logGroupName\":\"/shop\",\"retentionInDays\":2}")]
    [InlineData("PutRetentionPolicy", "{\"logGroupName\":\"/shop\",\"retentionInDays\":0}")]
    [InlineData("PutLogEvents", "{\"logGroupName\":\"/shop\",\"logStreamName\":\"web/1\"}")]
    [InlineData("PutLogEvents", "{\"logGroupName\":\"/shop\",\"logStreamName\":\"web/1\",\"logEvents\":[]}")]
    [InlineData("PutLogEvents", "{\"logGroupName\":\"/shop\",\"logStreamName\":\"web/1\",\"logEvents\":[{\"message\":\"m\"}]}")]
    [InlineData("PutLogEvents", "{\"logGroupName\":\"/shop\",\"logStreamName\":\"web/1\",\"logEvents\":[{\"timestamp\":1}]}")]
    [InlineData("PutLogEvents",
        "{\"logGroupName\":\"/shop\",\"logStreamName\":\"web/1\",\"logEvents\":[{\"timestamp\":1,\"message\":\"\"}]}")]
    [InlineData("PutLogEvents",
        "{\"logGroupName\":\"/shop\",\"logStreamName\":\"web/1\",\"logEvents\":[{\"timestamp\":2,\"message\":\"m\"},{\"timestamp\":1,\"message\":\"m\"}]}")]
    public async Task A_request_that_breaks_a_rule_is_invalid(string operation, string body)
    {
        _aws.CreateLogGroup("/shop", "web/1");

        Assert.Equal((400, "InvalidParameterException"), Short(await ErrorAsync(operation, body)));
    }

    [Theory]
    [InlineData(10_000, 1, null)]
    [InlineData(10_001, 1, "InvalidParameterException")]
    [InlineData(1, 1_048_550, null)]
    [InlineData(1, 1_048_551, "InvalidParameterException")]
    [InlineData(2, 524_262, null)]
    [InlineData(2, 524_263, "InvalidParameterException")]
    public async Task A_batch_has_a_number_and_a_size(int count, int length, string? code)
    {
        _aws.CreateLogGroup("/shop", "web/1");
        string one = $$"""{"timestamp":{{Now}},"message":"{{new string('m', length)}}"}""";

        (string? error, int kept) = (await PutCodeAsync(string.Join(',', Enumerable.Repeat(one, count))), _aws.LogEvents.Count);

        Assert.Equal((code, code is null ? count : 0), (error, kept));
    }

    // Milliseconds from now, for one event each; the indexes of AWS.
    [Theory]
    [InlineData(new[] { 0L }, null, "{}")]
    [InlineData(new[] { -1_209_600_000L, 7_200_000L - 86_400_000L }, 2, null)]
    [InlineData(new[] { -1_209_600_001L, 0L }, 1, """{"tooOldLogEventEndIndex":1}""")]
    [InlineData(new[] { 0L, 7_200_000L, 7_200_001L }, 2, """{"tooNewLogEventStartIndex":2}""")]
    [InlineData(new[] { -1_209_600_001L, -1_209_600_001L, 0L, 7_200_001L }, 1,
        """{"tooOldLogEventEndIndex":2,"tooNewLogEventStartIndex":3}""")]
    [InlineData(new[] { -86_400_000L, 0L }, 2, "{}")]
    [InlineData(new[] { -86_400_001L, 0L }, 2, null)]
    public async Task Events_outside_the_window_are_dropped_and_the_rest_may_span_a_day(long[] offsets, int? kept, string? rejected)
    {
        _aws.CreateLogGroup("/shop", "web/1");
        string events = string.Join(',', offsets.Select(o => $$"""{"timestamp":{{Now + o}},"message":"m"}"""));

        if (rejected is null)
        {
            Assert.Equal("InvalidParameterException", await PutCodeAsync(events));
            Assert.Empty(_aws.LogEvents);
            return;
        }

        using JsonDocument answer = JsonDocument.Parse(await SendAsync("PutLogEvents", $$"""{{{Both}}, "logEvents":[{{events}}]}"""));
        string told = answer.RootElement.TryGetProperty("rejectedLogEventsInfo", out JsonElement info) ? info.GetRawText() : "{}";
        Assert.Equal((rejected, kept ?? offsets.Length), (told, _aws.LogEvents.Count));
    }

    [Fact]
    public async Task Events_past_the_groups_retention_are_dropped_as_expired()
    {
        _aws.CreateLogGroup("/shop", "web/1");
        await SendAsync("PutRetentionPolicy", $$"""{{{Name}}, "retentionInDays":1}""");

        string answer = await SendAsync(
            "PutLogEvents", $$"""{{{Both}}, "logEvents":[{"timestamp":{{Now - 86_400_001}},"message":"m"},{"timestamp":{{Now - 86_400_000}},"message":"kept"}]}""");

        Assert.Contains("\"rejectedLogEventsInfo\":{\"expiredLogEventEndIndex\":1}", answer, StringComparison.Ordinal);
        Assert.Equal("kept", Assert.Single(_aws.LogEvents).Message);
    }

    [Fact]
    public async Task A_permission_can_be_taken_away_and_the_answer_names_the_action()
    {
        _aws.Deny("CreateLogGroup");
        (int status, string code, string message) = await ErrorAsync("CreateLogGroup", $$"""{{{Name}}}""");
        _aws.Allow("CreateLogGroup");
        await SendAsync("CreateLogGroup", $$"""{{{Name}}}""");

        Assert.Equal((400, "AccessDeniedException"), (status, code));
        Assert.Contains("not authorized to perform: logs:CreateLogGroup", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_and_poison_work_for_log_events_too()
    {
        _aws.CreateLogGroup("/shop", "web/1");
        string two = $$"""{"timestamp":{{Now}},"message":"good"},{"timestamp":{{Now}},"message":"bad"}""";
        _aws.Script.Enqueue(Fault.Throttle(), Fault.InvalidItem(1), Fault.InvalidItem(2));

        string?[] codes = [await PutCodeAsync(two), await PutCodeAsync(two), await PutCodeAsync(two)];
        _aws.PoisonLogEvent = e => e.Message == "bad";
        string? poisoned = await PutCodeAsync(two);

        Assert.Equal<IEnumerable<string?>>(["ThrottlingException", "InvalidParameterException", null], codes);
        Assert.Equal(("InvalidParameterException", 2), (poisoned, _aws.LogEvents.Count));
    }

    [Fact]
    public async Task An_error_has_the_shape_CloudWatch_Logs_gives_it()
    {
        _client.Target = "Logs_20140328.PutRetentionPolicy";
        using HttpResponseMessage answer = await _client.PostAsync($$"""{{{Name}}, "retentionInDays":1}""");

        Assert.Equal("""{"__type":"ResourceNotFoundException","message":"The specified log group does not exist."}""",
            await answer.Content.ReadAsStringAsync());
        Assert.Equal("application/x-amz-json-1.1", answer.Content.Headers.ContentType?.MediaType);
        Assert.False(answer.Headers.Contains("x-amzn-query-error"));
    }

    private static (int Status, string Code) Short((int Status, string Code, string Message) error) => (error.Status, error.Code);

    private async Task<string> SendAsync(string operation, string body)
    {
        _client.Target = $"Logs_20140328.{operation}";
        using HttpResponseMessage answer = await _client.PostAsync(body);
        string content = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, content);
        return content;
    }

    private async Task<(int Status, string Code, string Message)> ErrorAsync(string operation, string body)
    {
        _client.Target = $"Logs_20140328.{operation}";
        using HttpResponseMessage answer = await _client.PostAsync(body);
        Assert.False(answer.IsSuccessStatusCode);
        using JsonDocument error = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return ((int)answer.StatusCode, error.RootElement.GetProperty("__type").GetString()!, error.RootElement.GetProperty("message")
            .GetString()!);
    }

    private Task<(int Status, string Code, string Message)> PutErrorAsync(string events) =>
        ErrorAsync("PutLogEvents", $$"""{{{Both}}, "logEvents":[{{events}}]}""");

    // The error's code; null when the events were taken.
    private async Task<string?> PutCodeAsync(string events)
    {
        _client.Target = "Logs_20140328.PutLogEvents";
        using HttpResponseMessage answer = await _client.PostAsync($$"""{{{Both}}, "logEvents":[{{events}}]}""");
        using JsonDocument content = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return answer.IsSuccessStatusCode ? null : content.RootElement.GetProperty("__type").GetString();
    }
}
