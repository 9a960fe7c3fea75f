using System.Text.Json.Nodes;
using CloudObserve.Monitoring.Alarms.Definitions;

namespace CloudObserve.Monitoring.Alarms.Provisioning;

/// <summary>Finds the members in which an alarm of CloudWatch differs from its definition.</summary>
/// <remarks>Tags are not compared, because DescribeAlarms does not give them. Actions and dimensions have no order.</remarks>
internal static class AlarmDrift
{
    private const string Tags = "Tags";
    private const string Suppressor = "ActionsSuppressor";

    private static readonly string[] Unordered = ["OKActions", "AlarmActions", "InsufficientDataActions", "Dimensions"];

    internal static IReadOnlyList<string> Members(AlarmDefinition wanted, AlarmDefinition found) =>
        Members(wanted.ToJson(), found.ToJson());

    internal static IReadOnlyList<string> Members(CompositeAlarmDefinition wanted, CompositeAlarmDefinition found) =>
        Members(wanted.ToJson(), found.ToJson());

    private static IReadOnlyList<string> Members(string wanted, string found)
    {
        JsonObject left = Comparable(wanted);
        JsonObject right = Comparable(found);
        return [.. left.Select(static member => member.Key).Union(right.Select(static member => member.Key))
            .Where(name => !JsonNode.DeepEquals(left[name], right[name]))];
    }

    private static JsonObject Comparable(string json)
    {
        JsonObject alarm = JsonNode.Parse(json)!.AsObject();
        _ = alarm.Remove(Tags);
        foreach (string name in Unordered)
        {
            Sort(alarm, name);
        }

        foreach (JsonNode? query in alarm["Metrics"]?.AsArray() ?? [])
        {
            if (query!["MetricStat"]?["Metric"] is JsonObject metric)
            {
                Sort(metric, "Dimensions");
            }
        }

        // CloudWatch may give the ARN of an alarm that was named.
        if (alarm[Suppressor] is { } suppressor)
        {
            alarm[Suppressor] = AlarmReference.Of(suppressor.GetValue<string>()).Name;
        }

        return alarm;
    }

    private static void Sort(JsonObject owner, string name)
    {
        if (owner[name] is JsonArray list)
        {
            owner[name] = new JsonArray([.. list.Select(static item => item!.DeepClone())
                .OrderBy(static item => item.ToJsonString(), StringComparer.Ordinal)]);
        }
    }
}
