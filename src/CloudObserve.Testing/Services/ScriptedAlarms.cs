using System.Text.Json;
using System.Text.Json.Nodes;
using CloudObserve.Testing.Wire;

namespace CloudObserve.Testing.Services;

/// <summary>Stores the alarms of the server.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class ScriptedAlarms(TimeProvider time)
{
    private const string ArnPrefix = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:";

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, CreatedAlarm> _alarms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _updated = new(StringComparer.Ordinal);

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
            _updated[name] = time.GetUtcNow();
        }
    }

    internal void Tag(JsonElement body) => Retag(body, tags =>
    {
        foreach ((string key, string value) in TagsOf(body))
        {
            tags[key] = value;
        }
    });

    internal void Untag(JsonElement body) => Retag(body, tags =>
    {
        foreach (JsonElement key in body.GetProperty("TagKeys").EnumerateArray())
        {
            _ = tags.Remove(key.GetString() ?? "");
        }
    });

    /// <summary>Returns the answer of ListTagsForResource.</summary>
    internal string ListTags(JsonElement body)
    {
        lock (_lock)
        {
            return new JsonObject
            {
                ["Tags"] = new JsonArray([.. Tagged_NeedsLock(body).Tags
                    .Select(static tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]),
            }.ToJsonString();
        }
    }

    /// <summary>Deletes alarms. As in AWS, all must exist, and at most one may be a composite alarm.</summary>
    internal void Delete(JsonElement body)
    {
        string[] names = Texts(body, "AlarmNames");
        lock (_lock)
        {
            string[] unknown = [.. names.Where(name => !_alarms.ContainsKey(name))];
            if (unknown.Length > 0)
            {
                throw new ServiceFault(404, "ResourceNotFound", $"Alarm not found: {string.Join(", ", unknown)}");
            }

            if (names.Count(name => _alarms[name].IsComposite) > 1)
            {
                throw new ServiceFault(400, "ValidationError", "Only one composite alarm can be deleted at a time");
            }

            foreach (string name in names)
            {
                _ = _alarms.Remove(name);
            }
        }
    }

    /// <summary>Returns the answer of DescribeAlarms for the names of a request.</summary>
    internal string Describe(JsonElement body)
    {
        string[] names = Texts(body, "AlarmNames");
        CreatedAlarm[] found = [.. All().Where(alarm => names.Length == 0 || names.Contains(alarm.AlarmName))];
        return new JsonObject
        {
            ["MetricAlarms"] = new JsonArray([.. found.Where(static alarm => !alarm.IsComposite).Select(Described)]),
            ["CompositeAlarms"] = new JsonArray([.. found.Where(static alarm => alarm.IsComposite).Select(Described)]),
        }.ToJsonString();
    }

    private void Retag(JsonElement body, Action<Dictionary<string, string>> change)
    {
        lock (_lock)
        {
            CreatedAlarm alarm = Tagged_NeedsLock(body);
            Dictionary<string, string> tags = new(alarm.Tags, StringComparer.Ordinal);
            change(tags);
            _alarms[alarm.AlarmName] = alarm with { Tags = tags };
        }
    }

    private CreatedAlarm Tagged_NeedsLock(JsonElement body)
    {
        string arn = Text(body, "ResourceARN");
        return arn.StartsWith(ArnPrefix, StringComparison.Ordinal) && _alarms.TryGetValue(arn[ArnPrefix.Length..], out CreatedAlarm? alarm)
            ? alarm : throw new ServiceFault(404, "ResourceNotFoundException", $"{arn} does not exist");
    }

    private JsonNode Described(CreatedAlarm alarm)
    {
        JsonObject members = JsonNode.Parse(alarm.Input)!.AsObject();
        _ = members.Remove("Tags");
        members["AlarmArn"] = ArnPrefix + alarm.AlarmName;
        lock (_lock)
        {
            members["AlarmConfigurationUpdatedTimestamp"] = _updated[alarm.AlarmName].ToUnixTimeMilliseconds() / 1000.0;
        }

        members["ActionsEnabled"] ??= true;
        members["StateValue"] = "INSUFFICIENT_DATA";
        members["StateReason"] = "Unchecked: Initial alarm creation";
        return members;
    }

    private static string[] Texts(JsonElement body, string name) => body.TryGetProperty(name, out JsonElement given)
        ? [.. given.EnumerateArray().Select(static text => text.GetString() ?? "")] : [];

    private static string Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out JsonElement value) ? value.GetString() ?? "" : "";

    private static Dictionary<string, string> TagsOf(JsonElement body) => body.TryGetProperty("Tags", out JsonElement tags)
        ? tags.EnumerateArray().ToDictionary(static tag => Text(tag, "Key"), static tag => Text(tag, "Value"), StringComparer.Ordinal)
        : [];
}
