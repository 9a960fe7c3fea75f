using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CloudObserve.Testing.Tests;

/// <summary>Holds the oracle against what the real services answered in September 2026.</summary>
public sealed partial class RecordedAnswersTests : IAsyncLifetime, IDisposable
{
    private const string Metrics = "recorded-put-metric-data.json";
    private const string Logs = "recorded-put-log-events.json";

    // The code of the query protocol, as it was recorded, and that of the JSON protocol, which the oracle speaks.
    private static readonly Dictionary<string, string> Codes = new()
    {
        ["InvalidParameterValue"] = "InvalidParameterValueException",
        ["InvalidParameterCombination"] = "InvalidParameterCombinationException",
        ["MissingParameter"] = "MissingRequiredParameterException",
    };

    private readonly ManualTimeProvider _clock = new();
    private readonly ScriptedCloudWatch _aws;
    private readonly SignedClient _client;

    public RecordedAnswersTests()
    {
        _aws = ScriptedCloudWatch.Start(_clock);
        _client = new SignedClient(_aws.Url);
    }

    /// <summary>Gets the rows without entities, which the library never sends and the oracle does not know.</summary>
    public static TheoryData<string> MetricRequests =>
        [.. Names(Metrics).Where(name => !name.StartsWith("entity-", StringComparison.Ordinal))];

    public static TheoryData<string> LogRequests => [.. Names(Logs)];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _aws.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Theory]
    [MemberData(nameof(MetricRequests))]
    public async Task A_metric_request_is_answered_as_CloudWatch_did(string name)
    {
        JsonElement row = Row(Metrics, name);
        string body = SecondsAfter().Replace(row.GetProperty("body").GetRawText(), match => Text(
            _clock.GetUtcNow()
                .ToUnixTimeSeconds() + double.Parse(match.Groups[1].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture)));

        using HttpResponseMessage answer = await _client.PostAsync(body);

        using JsonDocument said = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(row.TryGetProperty("code", out JsonElement code)
            ? Codes[code.GetString()!] : null, Member(said.RootElement, "__type")?.Split('#')[^1]);
        Assert.Equal(Member(row, "message"), Member(said.RootElement, "message"));
    }

    [Theory]
    [MemberData(nameof(LogRequests))]
    public async Task A_request_with_log_events_is_answered_as_CloudWatch_Logs_did(string name)
    {
        JsonElement row = Row(Logs, name);
        await PrepareAsync(row, name == "no-stream" ? [] : ["s"]);
        string events = string.Join(',', row.GetProperty("events").EnumerateArray().Select(Event));

        using HttpResponseMessage answer = await SendAsync(
            "PutLogEvents", $$"""{"logGroupName":"/shop","logStreamName":"s","sequenceToken":"none","logEvents":[{{events}}]}""");

        using JsonDocument said = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal((Member(row, "code"), Member(row, "message")),
            (Member(said.RootElement, "__type"), Member(said.RootElement, "message")));
        Assert.Equal(Members(row, "rejected"), Members(said.RootElement, "rejectedLogEventsInfo"));
        Assert.Equal(!row.TryGetProperty("code", out _), said.RootElement.TryGetProperty("nextSequenceToken", out _));
    }

    private static JsonElement[] Rows(string file)
    {
        using Stream stream = typeof(RecordedAnswersTests).Assembly.GetManifestResourceStream(file)!;
        using JsonDocument document = JsonDocument.Parse(stream);
        return [.. document.RootElement.EnumerateArray().Select(row => row.Clone())];
    }

    private static IEnumerable<string> Names(string file) => Rows(file).Select(row => row.GetProperty("name").GetString()!);

    private static JsonElement Row(string file, string name) => Rows(file).Single(row => row.GetProperty("name").GetString() == name);

    private static string? Member(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement member) ? member.GetString() : null;

    private static Dictionary<string, int> Members(JsonElement parent, string name) => parent.TryGetProperty(name, out JsonElement member)
        ? member.EnumerateObject().ToDictionary(index => index.Name, index => index.Value.GetInt32())
        : [];

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private string Event(JsonElement item)
    {
        string message = item.TryGetProperty("text", out JsonElement text)
            ? new StringBuilder().Insert(0, text.GetString()!, item.GetProperty("times").GetInt32()).ToString()
            : "m";
        return $$"""{"timestamp":{{Text(_clock.GetUtcNow().ToUnixTimeMilliseconds() + item.GetProperty("after").GetDouble())}},"message":"{{message}}"}""";
    }

    private async Task PrepareAsync(JsonElement row, string[] streams)
    {
        _aws.CreateLogGroup("/shop", streams);
        if (row.TryGetProperty("retentionInDays", out JsonElement days))
        {
            (await SendAsync("PutRetentionPolicy", $$"""{"logGroupName":"/shop","retentionInDays":{{days.GetRawText()}}}""")).Dispose();
        }
    }

    private Task<HttpResponseMessage> SendAsync(string operation, string body)
    {
        _client.Service = "logs";
        _client.ContentType = "application/x-amz-json-1.1";
        _client.Target = $"Logs_20140328.{operation}";
        return _client.PostAsync(body);
    }

    [GeneratedRegex("\"@(-?[0-9]+)\"")]
    private static partial Regex SecondsAfter();
}
