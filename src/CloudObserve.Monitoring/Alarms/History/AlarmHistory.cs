using System.Text.Json;
using System.Text.Json.Nodes;
using CloudObserve.Monitoring.Alarms.Evaluation;

namespace CloudObserve.Monitoring.Alarms.History;

/// <summary>Writes the entries of histories as CloudWatch writes them.</summary>
internal static class AlarmHistory
{
    internal const string StateUpdate = "StateUpdate";
    internal const string ConfigurationUpdate = "ConfigurationUpdate";
    internal const string Action = "Action";

    internal static AlarmHistoryItem StateChanged(string alarm, AlarmSnapshot before, AlarmSnapshot after) => new(
        alarm,
        after.Updated,
        StateUpdate,
        $"Alarm updated from {AlarmStates.ToName(before.State)} to {AlarmStates.ToName(after.State)}",
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("version", AlarmReasonData.Version);
            WriteState(json, "oldState", before);
            WriteState(json, "newState", after);
            json.WriteEndObject();
        }));

    internal static AlarmHistoryItem Created(IAlarmRecord alarm) => Configuration(alarm, "created", json =>
    {
        json.WriteString("type", "Create");
        Write(json, "createdAlarm", alarm.Members());
    });

    internal static AlarmHistoryItem Updated(IAlarmRecord before, IAlarmRecord after) => Configuration(after, "updated", json =>
    {
        json.WriteString("type", "Update");
        Write(json, "updatedAlarm", after.Members());
        Write(json, "originalUpdatedFields", Changed(before.Members(), after.Members()));
    });

    internal static AlarmHistoryItem Deleted(IAlarmRecord alarm) => Configuration(alarm, "deleted", json =>
    {
        json.WriteString("type", "Delete");
        Write(json, "deletedAlarm", alarm.Members());
    });

    /// <summary>Writes the entry of an action that ran or failed.</summary>
    internal static AlarmHistoryItem ActionRan(
        string alarm, DateTimeOffset time, string action, DateTimeOffset stateUpdated, string? failure = null) => new(
            alarm,
            time,
            Action,
            failure is null ? $"Successfully executed action {action}" : $"Failed to execute action {action}",
            JsonText.Write(json =>
            {
                json.WriteStartObject();
                json.WriteString("actionState", failure is null ? "Succeeded" : "Failed");
                json.WriteNumber("stateUpdateTimestamp", stateUpdated.ToUnixTimeMilliseconds());
                json.WriteString("notificationResource", action);
                JsonText.WriteText(json, "error", failure);
                json.WriteEndObject();
            }));

    private static AlarmHistoryItem Configuration(IAlarmRecord alarm, string verb, Action<Utf8JsonWriter> write) => new(
        alarm.AlarmName,
        alarm.ConfigurationUpdated,
        ConfigurationUpdate,
        $"Alarm \"{alarm.AlarmName}\" {verb}",
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("version", AlarmReasonData.Version);
            write(json);
            json.WriteEndObject();
        }));

    private static void Write(Utf8JsonWriter json, string name, JsonObject members)
    {
        json.WritePropertyName(name);
        members.WriteTo(json);
    }

    // The members that differ from those of the other version.
    private static JsonObject Changed(JsonObject members, JsonObject other)
    {
        foreach ((string member, JsonNode? value) in other)
        {
            if (members.TryGetPropertyValue(member, out JsonNode? own) && JsonNode.DeepEquals(own, value))
            {
                _ = members.Remove(member);
            }
        }

        return members;
    }

    // The reason data is an object here, not a text, and absent if there is none. A caller may have set a text that is no JSON.
    private static void WriteState(Utf8JsonWriter json, string name, AlarmSnapshot snapshot)
    {
        json.WriteStartObject(name);
        json.WriteString("stateValue", AlarmStates.ToName(snapshot.State));
        json.WriteString("stateReason", snapshot.Reason);
        if (snapshot.ReasonData is { } data)
        {
            json.WritePropertyName("stateReasonData");
            if (JsonTexts.IsJson(data))
            {
                json.WriteRawValue(data, skipInputValidation: true);
            }
            else
            {
                json.WriteStringValue(data);
            }
        }

        json.WriteEndObject();
    }
}
