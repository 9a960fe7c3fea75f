using System.Text.Json;
using System.Text.Json.Nodes;
using CloudObserve.Testing.Wire;

namespace CloudObserve.Testing.Services;

/// <summary>Serves PutLogEvents over AWS JSON 1.1.</summary>
/// <remarks>A broken batch rule fails the call; events that are too old or too new are rejected in a successful call.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class PutLogEvents(LogGroups groups, TimeProvider time) : IOperation
{
    // CloudWatch Logs accepts events from two weeks ago to two hours ahead.
    private static readonly TimeSpan OldestAge = TimeSpan.FromDays(14);
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromHours(2);

    public string Name => nameof(PutLogEvents);

    public ScriptedProtocol Protocol => ScriptedProtocol.Logs;

    /// <summary>Gets or sets the predicate for events that are refused although they follow the rules.</summary>
    internal Func<AcceptedLogEvent, bool>? Poison { get; set; }

    public Served Serve(JsonElement body, int? invalidMember)
    {
        string group = ScriptedLogRules.GroupName(body);
        string stream = ScriptedLogRules.StreamName(body);
        List<AcceptedLogEvent> events = Read(body, group, stream);
        ScriptedLogRules.CheckBatch(events);
        int poisoned = Poison is { } poison ? events.FindIndex(e => poison(e)) : -1;
        if (poisoned >= 0 || events.Count >= invalidMember)
        {
            throw ScriptedLogRules.Invalid(
                $"The value of parameter logEvents.{(poisoned >= 0 ? poisoned + 1 : invalidMember)}.member is invalid.");
        }

        JsonObject answer = new() { ["nextSequenceToken"] = "00000000000000000000000000000000000000000000000000000000" };
        int kept = groups.Keep(group, stream, retention => Choose(events, retention, answer));
        return new Served(answer.ToJsonString(), kept);
    }

    private static List<AcceptedLogEvent> Read(JsonElement body, string group, string stream)
    {
        if (!body.TryGetProperty("logEvents", out JsonElement list))
        {
            throw ScriptedLogRules.Required("logEvents");
        }

        return [.. list.EnumerateArray()
            .Select(item => new AcceptedLogEvent(
                group, stream, Timestamp(item), ScriptedLogRules.Text(item, "message") ?? throw ScriptedLogRules.Required("message")))];
    }

    private static DateTimeOffset Timestamp(JsonElement item) => item.TryGetProperty("timestamp", out JsonElement value)
        ? DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(value.GetInt64(), 0, 253_402_300_799_999))
        : throw ScriptedLogRules.Required("timestamp");

    private List<AcceptedLogEvent> Choose(List<AcceptedLogEvent> events, int? retentionInDays, JsonObject answer)
    {
        DateTimeOffset now = time.GetUtcNow();
        int tooOld = events.FindIndex(e => e.Timestamp >= now - OldestAge) is var first && first < 0 ? events.Count : first;
        int expired = retentionInDays is { } days ? events.Count(e => e.Timestamp < now.AddDays(-days)) : 0;
        int tooNew = events.FindIndex(e => e.Timestamp > now + FurthestAhead);
        List<AcceptedLogEvent> kept = [.. events.Take(tooNew < 0 ? events.Count : tooNew).Skip(Math.Max(tooOld, expired))];
        ScriptedLogRules.CheckSpan(kept);
        JsonObject rejected = [];
        Say(rejected, "tooOldLogEventEndIndex", tooOld, tooOld > 0);
        Say(rejected, "expiredLogEventEndIndex", expired, expired > 0);
        Say(rejected, "tooNewLogEventStartIndex", tooNew, tooNew >= 0);
        if (rejected.Count > 0)
        {
            answer["rejectedLogEventsInfo"] = rejected;
        }

        return kept;
    }

    private static void Say(JsonObject rejected, string name, int index, bool applies)
    {
        if (applies)
        {
            rejected[name] = index;
        }
    }
}
