using System.Text.Json;

namespace CloudObserve.Monitoring.Alarms.Definitions;

/// <summary>Reads and writes the JSON input of PutCompositeAlarm.</summary>
internal static class CompositeAlarmJson
{
    internal static CompositeAlarmDefinition Read(string json) => JsonMembers.Read(json, static members => new CompositeAlarmDefinition
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
    });

    internal static string Write(CompositeAlarmDefinition definition) => JsonText.Write(json => Write(json, definition), indented: true);

    private static void Write(Utf8JsonWriter json, CompositeAlarmDefinition definition)
    {
        json.WriteStartObject();
        json.WriteString("AlarmName", definition.AlarmName);
        json.WriteString("AlarmRule", definition.AlarmRule);
        JsonText.WriteText(json, "AlarmDescription", definition.AlarmDescription);
        AlarmDefinitionWriter.WriteActions(
            json, definition.ActionsEnabled, definition.OKActions, definition.AlarmActions, definition.InsufficientDataActions);
        JsonText.WriteText(json, "ActionsSuppressor", definition.ActionsSuppressor);
        JsonText.WriteSeconds(json, "ActionsSuppressorWaitPeriod", definition.ActionsSuppressorWaitPeriod);
        JsonText.WriteSeconds(json, "ActionsSuppressorExtensionPeriod", definition.ActionsSuppressorExtensionPeriod);
        AlarmDefinitionWriter.WriteTags(json, definition.Tags);
        json.WriteEndObject();
    }
}
