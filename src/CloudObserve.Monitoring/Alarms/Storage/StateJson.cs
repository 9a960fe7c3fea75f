using System.Text.Json;
using CloudObserve.Monitoring.Alarms.History;
using CloudObserve.Monitoring.Alarms.Muting;
using CloudObserve.Monitoring.Alarms.Notifications;

namespace CloudObserve.Monitoring.Alarms.Storage;

/// <summary>Writes and reads changes as a JSON object.</summary>
internal static class StateJson
{
    private const string Alarms = "alarms";
    private const string Deleted = "deleted";
    private const string History = "history";
    private const string Notifications = "notifications";
    private const string Finished = "finished";

    internal static void Write(Utf8JsonWriter json, TableChanges changes)
    {
        json.WriteStartObject();
        WriteList(json, Alarms, changes.Alarms, WriteAlarm);
        WriteList(json, Deleted, changes.Deleted, static (writer, name) => writer.WriteStringValue(name));
        WriteList(json, History, changes.History, WriteHistory);
        WriteList(json, Notifications, changes.Notifications, NotificationJson.Write);
        WriteList(json, Finished, changes.Finished, static (writer, id) => writer.WriteStringValue(id));
        json.WriteEndObject();
    }

    /// <exception cref="FormatException">The object was written by something else.</exception>
    internal static TableChanges Read(JsonElement json)
    {
        try
        {
            return new TableChanges(
                [.. List(json, Alarms).Select(ReadAlarm)],
                [.. List(json, Deleted).Select(static name => name.GetString()!)],
                [.. List(json, History).Select(ReadHistory)],
                [.. List(json, Notifications).Select(NotificationJson.Read)],
                [.. List(json, Finished).Select(static id => id.GetString()!)],
                []);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"The state is not in the form of this version: {exception.Message}", exception);
        }
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (T item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }

    private static void WriteAlarm(Utf8JsonWriter json, StoredAlarm alarm)
    {
        json.WriteStartObject();
        json.WriteString("name", alarm.Name);
        json.WriteBoolean("composite", alarm.IsComposite);
        json.WriteString("definition", alarm.Definition);
        json.WriteString("configurationUpdated", alarm.ConfigurationUpdated);
        json.WriteBoolean("actionsEnabled", alarm.ActionsEnabled);
        json.WriteString("state", AlarmStates.ToName(alarm.State.State));
        json.WriteString("reason", alarm.State.Reason);
        JsonText.WriteText(json, "reasonData", alarm.State.ReasonData);
        json.WriteString("updated", alarm.State.Updated);
        json.WriteString("announced", AlarmStates.ToName(alarm.Actions.Announced));
        json.WriteString("last", AlarmStates.ToName(alarm.Actions.Last));
        json.WriteBoolean("suppressed", alarm.Actions.IsSuppressorInAlarm);
        json.WriteBoolean("held", alarm.Actions.WasSuppressed);
        json.WriteBoolean("muted", alarm.Actions.WasMuted);
        json.WriteString("waitUntil", alarm.Actions.WaitUntil);
        json.WriteString("extendUntil", alarm.Actions.ExtendUntil);
        WriteList(json, "contributors", alarm.Contributors, static (writer, contributor) =>
        {
            writer.WriteStartObject();
            writer.WriteString("id", contributor.ContributorId);
            writer.WriteString("state", AlarmStates.ToName(contributor.StateValue));
            writer.WriteString("reason", contributor.StateReason);
            writer.WriteString("since", contributor.StateTransitionedTimestamp);
            writer.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static StoredAlarm ReadAlarm(JsonElement json) => new(
        Text(json, "name"),
        json.GetProperty("composite").GetBoolean(),
        Text(json, "definition"),
        json.GetProperty("configurationUpdated").GetDateTimeOffset(),
        json.GetProperty("actionsEnabled").GetBoolean(),
        new AlarmSnapshot(
            State(json, "state"), Text(json, "reason"), OptionalText(json, "reasonData"), json.GetProperty("updated").GetDateTimeOffset()),
        new ActionGate(State(json, "announced"))
        {
            Last = State(json, "last"),
            IsSuppressorInAlarm = json.GetProperty("suppressed").GetBoolean(),
            WasSuppressed = json.TryGetProperty("held", out JsonElement held) && held.GetBoolean(),
            WasMuted = json.GetProperty("muted").GetBoolean(),
            WaitUntil = json.GetProperty("waitUntil").GetDateTimeOffset(),
            ExtendUntil = json.GetProperty("extendUntil").GetDateTimeOffset(),
        },
        [.. List(json, "contributors").Select(static contributor => new AlarmContributor(
            Text(contributor, "id"), State(contributor, "state"), Text(contributor, "reason"),
            contributor.GetProperty("since").GetDateTimeOffset()))]);

    private static void WriteHistory(Utf8JsonWriter json, AlarmHistoryItem item)
    {
        json.WriteStartObject();
        json.WriteString("alarm", item.AlarmName);
        json.WriteString("time", item.Timestamp);
        json.WriteString("type", item.HistoryItemType);
        json.WriteString("summary", item.HistorySummary);
        json.WriteString("data", item.HistoryData);
        json.WriteEndObject();
    }

    private static AlarmHistoryItem ReadHistory(JsonElement json) => new(
        Text(json, "alarm"), json.GetProperty("time").GetDateTimeOffset(), Text(json, "type"), Text(json, "summary"), Text(json, "data"));

    private static JsonElement.ArrayEnumerator List(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement list) ? list.EnumerateArray() : default;

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null.");

    private static string? OptionalText(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static AlarmState State(JsonElement json, string name) =>
        AlarmStates.Parse(Text(json, name)) ?? throw new FormatException($"{name} is no state.");
}
