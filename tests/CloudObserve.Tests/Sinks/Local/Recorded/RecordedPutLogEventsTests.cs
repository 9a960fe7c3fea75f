using System.Text;
using System.Text.Json;
using CloudObserve.Delivery;
using CloudObserve.Local;
using CloudObserve.Sinks;
using CloudObserve.Sinks.Local.Ingestion;
using CloudObserve.Sinks.Local.Storage;
using CloudObserve.Tests.Contracts;

namespace CloudObserve.Tests.Sinks.Local.Recorded;

public sealed class RecordedPutLogEventsTests
{
    private const string File = "recorded-put-log-events.json";

    private static readonly DateTimeOffset Noon = LocalCloudWatch.Noon;

    /// <summary>
    /// Gets the rows that can be asked. Here a stream that does not exist is made, as the CloudWatch sink makes it, so there is none to
    /// miss.
    /// </summary>
    public static TheoryData<string> Names =>
        [.. Recording.Rows(File).Select(row => row.GetProperty("name").GetString()!).Where(name => name != "no-stream")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_request_is_taken_or_refused_as_CloudWatch_Logs_did(string name)
    {
        JsonElement row = Recording.Row(File, name);
        (DateTimeOffset Time, string Message)[] events = [.. row.GetProperty("events").EnumerateArray().Select(ReadEvent)];
        int? retention = row.TryGetProperty("retentionInDays", out JsonElement days) ? days.GetInt32() : null;
        LocalCloudWatch local = new(groups: _ => LogGroupSettings.None with { RetentionInDays = retention });

        SendResult result = local.Send(Body(row, events), "PutLogEvents");

        if (row.TryGetProperty("code", out JsonElement code))
        {
            Assert.Equal((code.GetString(), row.GetProperty("message").GetString()), (result.Code, result.Message));
            return;
        }

        RejectedLogEvents rejected =
            LogEventRules.FindRejected([.. events.Select(e => new NewLogEvent(e.Time.ToUnixTimeMilliseconds(), [1]))], Noon, retention);
        Assert.Equal(Rejected(row), rejected);
        Assert.Equal(ErrorClass.None, result.Error);
        Assert.Equal(rejected.ToResult(events.Length).Rejected, result.Rejected);
        Assert.Equal(events[rejected.Kept(events.Length)].Length, Read(local).Count);
    }

    [Fact]
    public void A_repeated_batch_is_stored_twice()
    {
        JsonElement row = Recording.Row(File, "any-sequence-token");
        LocalCloudWatch local = new();
        string body = Body(row, [.. row.GetProperty("events").EnumerateArray().Select(ReadEvent)]);

        local.Send(body, "PutLogEvents");
        local.Send(body, "PutLogEvents");

        Assert.Equal(2, Read(local).Count);
    }

    private static IReadOnlyList<FilteredLogEvent> Read(LocalCloudWatch local) =>
        local.CloudWatch.FilterLogEvents(new FilterLogEventsRequest { LogGroupName = LogBatch.Group }).Events;

    private static (DateTimeOffset Time, string Message) ReadEvent(JsonElement item)
    {
        string message = item.TryGetProperty("text", out JsonElement text)
            ? new StringBuilder().Insert(0, text.GetString()!, item.GetProperty("times").GetInt32()).ToString()
            : "m";
        return (Noon.AddMilliseconds(item.GetProperty("after").GetDouble()), message);
    }

    private static string Body(JsonElement row, (DateTimeOffset Time, string Message)[] events)
    {
        string token = row.TryGetProperty("sequenceToken", out JsonElement given) ? $"\"sequenceToken\":{given.GetRawText()}," : "";
        string items = string.Join(',', events.Select(e => LogBatch.Event(e.Time, e.Message)));
        return $$"""{{{token}}"logGroupName":"{{LogBatch.Group}}","logStreamName":"{{LogBatch.Stream}}","logEvents":[{{items}}]}""";
    }

    private static RejectedLogEvents Rejected(JsonElement row)
    {
        return row.TryGetProperty("rejected", out JsonElement rejected)
            ? new RejectedLogEvents(Index("tooOldLogEventEndIndex"), Index("expiredLogEventEndIndex"), Index("tooNewLogEventStartIndex"))
            : default;

        long? Index(string name) => rejected.TryGetProperty(name, out JsonElement index) ? index.GetInt64() : null;
    }
}
