using System.Text.Json;

namespace CloudObserve.Monitoring.Alarms.Definitions;

/// <summary>Reads and writes the JSON input of PutCompositeAlarm.</summary>
internal static class CompositeAlarmJson
{
    internal static CompositeAlarmDefinition Read(string json) => JsonMembers.Read(json, Read);

    /// <summary>Reads the members of PutCompositeAlarm's input.</summary>
    internal static CompositeAlarmDefinition Read(JsonMembers members) => new()
    {
        AlarmName = members.Text("AlarmName") ?? "",
        AlarmRule = members.Text("AlarmRule") ?? "",
        AlarmDescription = members.Text("AlarmDescription"),
        ActionsEnabled = members.Boolean("ActionsEnabled") ?? true,
        OKActions = members.Texts("OKActions"),
        AlarmActions = members.Texts("AlarmActions"),
        InsufficientDataActions = members.Texts("InsufficientDataActions"),
        ActionsSuppressor = members.Text("ActionsSuppressor"),
        ActionsSuppressorWaitPeriod = members.Seconds("ActionsSuppressorWaitPeriod"),
        ActionsSuppressorExtensionPeriod = members.Seconds("ActionsSuppressorExtensionPeriod"),
        Tags = AlarmDefinitionReader.Tags(members),
    };

    internal static string Write(CompositeAlarmDefinition definition) => JsonText.Write(
        json =>
        {
            json.WriteStartObject();
            WriteMembers(json, definition);
            json.WriteEndObject();
        },
        indented: true);

    /// <summary>Writes the members into an object that is open.</summary>
    internal static void WriteMembers(Utf8JsonWriter json, CompositeAlarmDefinition definition)
    {
        json.WriteString("AlarmName", definition.AlarmName);
        json.WriteString("AlarmRule", definition.AlarmRule);
        JsonText.WriteText(json, "AlarmDescription", definition.AlarmDescription);
        AlarmDefinitionWriter.WriteActions(
            json, definition.ActionsEnabled, definition.OKActions, definition.AlarmActions, definition.InsufficientDataActions);
        JsonText.WriteText(json, "ActionsSuppressor", definition.ActionsSuppressor);
        JsonText.WriteSeconds(json, "ActionsSuppressorWaitPeriod", definition.ActionsSuppressorWaitPeriod);
        JsonText.WriteSeconds(json, "ActionsSuppressorExtensionPeriod", definition.ActionsSuppressorExtensionPeriod);
        AlarmDefinitionWriter.WriteTags(json, definition.Tags);
    }
}
