using System.Text.Json;

namespace CloudObserve.Monitoring.Alarms.Definitions;

/// <summary>Reads and writes the JSON input of PutAlarmMuteRule.</summary>
internal static class AlarmMuteRuleJson
{
    internal static AlarmMuteRule Read(string json) => JsonMembers.Read(json, static members =>
    {
        AlarmMuteRule? schedule = members.Object("Rule", static rule => rule.Object("Schedule", ReadSchedule) ?? new AlarmMuteRule());
        return (schedule ?? new AlarmMuteRule()) with
        {
            Name = members.Text("Name") ?? "",
            Description = members.Text("Description"),
            AlarmNames = members.Object("MuteTargets", static targets => targets.Texts("AlarmNames")) ?? [],
            StartDate = members.Time("StartDate"),
            ExpireDate = members.Time("ExpireDate"),
            Tags = AlarmDefinitionReader.Tags(members),
        };
    });

    internal static string Write(AlarmMuteRule rule) => JsonText.Write(json => Write(json, rule), indented: true);

    private static AlarmMuteRule ReadSchedule(JsonMembers schedule) => new()
    {
        Expression = schedule.Text("Expression") ?? "",
        Duration = schedule.Text("Duration") ?? "",
        Timezone = schedule.Text("Timezone"),
    };

    private static void Write(Utf8JsonWriter json, AlarmMuteRule rule)
    {
        json.WriteStartObject();
        json.WriteString("Name", rule.Name);
        JsonText.WriteText(json, "Description", rule.Description);
        json.WriteStartObject("Rule");
        json.WriteStartObject("Schedule");
        json.WriteString("Expression", rule.Expression);
        json.WriteString("Duration", rule.Duration);
        JsonText.WriteText(json, "Timezone", rule.Timezone);
        json.WriteEndObject();
        json.WriteEndObject();
        if (rule.AlarmNames.Count > 0)
        {
            json.WriteStartObject("MuteTargets");
            JsonText.WriteTexts(json, "AlarmNames", rule.AlarmNames);
            json.WriteEndObject();
        }

        AlarmDefinitionWriter.WriteTags(json, rule.Tags);
        WriteTime(json, "StartDate", rule.StartDate);
        WriteTime(json, "ExpireDate", rule.ExpireDate);
        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            json.WriteString(name, value.UtcDateTime);
        }
    }
}
