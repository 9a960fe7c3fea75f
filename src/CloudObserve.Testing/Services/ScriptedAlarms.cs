using System.Text.Json;
using System.Text.Json.Nodes;
using CloudObserve.Testing.Wire;

namespace CloudObserve.Testing.Services;

/// <summary>Stores the alarms of the server.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class ScriptedAlarms
{
    private const string ArnPrefix = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:";

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, CreatedAlarm> _alarms = new(StringComparer.Ordinal);

    internal IReadOnlyList<CreatedAlarm> All()
    {
        lock (_lock)
        {
            return [.. _alarms.Values];
        }
    }

    /// <summary>Stores an alarm. As in AWS, an existing one keeps its tags.</summary>
    internal void Put(JsonElement body, bool isComposite)
    {
        string name = Text(body, "AlarmName");
        if (name.Length == 0)
        {
            throw ServiceFault.Missing("The parameter AlarmName is required.");
        }

        lock (_lock)
        {
            IReadOnlyDictionary<string, string> tags = _alarms.TryGetValue(name, out CreatedAlarm? existing) ? existing.Tags : TagsOf(body);
            _alarms[name] = new CreatedAlarm(name, isComposite, body.GetRawText(), tags);
        }
    }

    internal void Tag(JsonElement body)
    {
        string arn = Text(body, "ResourceARN");
        lock (_lock)
        {
            if (!arn.StartsWith(ArnPrefix, StringComparison.Ordinal)
                || !_alarms.TryGetValue(arn[ArnPrefix.Length..], out CreatedAlarm? alarm))
            {
                throw new ServiceFault(404, "ResourceNotFoundException", $"{arn} does not exist");
            }

            Dictionary<string, string> tags = new(alarm.Tags, StringComparer.Ordinal);
            foreach ((string key, string value) in TagsOf(body))
            {
                tags[key] = value;
            }

            _alarms[alarm.AlarmName] = alarm with { Tags = tags };
        }
    }

    /// <summary>Returns the answer of DescribeAlarms for the names of a request.</summary>
    internal string Describe(JsonElement body)
    {
        string[] names = body.TryGetProperty("AlarmNames", out JsonElement given)
            ? [.. given.EnumerateArray().Select(static name => name.GetString() ?? "")] : [];
        CreatedAlarm[] found = [.. All().Where(alarm => names.Length == 0 || names.Contains(alarm.AlarmName))];
        return new JsonObject
        {
            ["MetricAlarms"] = new JsonArray([.. found.Where(static alarm => !alarm.IsComposite).Select(Described)]),
            ["CompositeAlarms"] = new JsonArray([.. found.Where(static alarm => alarm.IsComposite).Select(Described)]),
        }.ToJsonString();
    }

    private static JsonNode Described(CreatedAlarm alarm)
    {
        JsonObject members = JsonNode.Parse(alarm.Input)!.AsObject();
        _ = members.Remove("Tags");
        members["AlarmArn"] = ArnPrefix + alarm.AlarmName;
        members["ActionsEnabled"] ??= true;
        members["StateValue"] = "INSUFFICIENT_DATA";
        members["StateReason"] = "Unchecked: Initial alarm creation";
        return members;
    }

    private static string Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out JsonElement value) ? value.GetString() ?? "" : "";

    private static Dictionary<string, string> TagsOf(JsonElement body) => body.TryGetProperty("Tags", out JsonElement tags)
        ? tags.EnumerateArray().ToDictionary(static tag => Text(tag, "Key"), static tag => Text(tag, "Value"), StringComparer.Ordinal)
        : [];
}
