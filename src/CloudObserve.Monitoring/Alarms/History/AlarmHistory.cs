using System.Text.Json;
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

    internal static AlarmHistoryItem Created(MetricAlarmRecord alarm) => Configuration(alarm, "created", json =>
    {
        json.WriteString("type", "Create");
        alarm.Write(json, "createdAlarm");
    });

    internal static AlarmHistoryItem Updated(MetricAlarmRecord before, MetricAlarmRecord after) => Configuration(after, "updated", json =>
    {
        json.WriteString("type", "Update");
        after.Write(json, "updatedAlarm");
        before.WriteChanged(json, "originalUpdatedFields", after);
    });

    internal static AlarmHistoryItem Deleted(MetricAlarmRecord alarm) => Configuration(alarm, "deleted", json =>
    {
        json.WriteString("type", "Delete");
        alarm.Write(json, "deletedAlarm");
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

    private static AlarmHistoryItem Configuration(MetricAlarmRecord alarm, string verb, Action<Utf8JsonWriter> write) => new(
        alarm.Definition.AlarmName,
        alarm.ConfigurationUpdated,
        ConfigurationUpdate,
        $"Alarm \"{alarm.Definition.AlarmName}\" {verb}",
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("version", AlarmReasonData.Version);
            write(json);
            json.WriteEndObject();
        }));

    // The reason data is an object here, not a text, and absent if there is none. A caller may have set a text that is no JSON.
    private static void WriteState(Utf8JsonWriter json, string name, AlarmSnapshot snapshot)
    {
        json.WriteStartObject(name);
        json.WriteString("stateValue", AlarmStates.ToName(snapshot.State));
        json.WriteString("stateReason", snapshot.Reason);
        if (snapshot.ReasonData is { } data)
        {
            json.WritePropertyName("stateReasonData");
            if (IsJson(data))
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

    private static bool IsJson(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // A lone surrogate in the text is an ArgumentException.
            return false;
        }
    }
}
