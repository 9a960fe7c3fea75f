using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace CloudObserve.Monitoring.Alarms.Notifications;

/// <summary>Writes and reads notifications as JSON objects, for files.</summary>
internal static class NotificationJson
{
    internal static void Write(Utf8JsonWriter json, AlarmNotification notification)
    {
        json.WriteStartObject();
        json.WriteString("id", notification.Id);
        json.WriteString("topic", notification.TopicArn);
        json.WriteString("alarm", notification.AlarmName);
        json.WriteString("arn", notification.AlarmArn);
        json.WriteString("old", AlarmStates.ToName(notification.OldState));
        json.WriteString("new", AlarmStates.ToName(notification.NewState));
        json.WriteString("reason", notification.NewStateReason);
        json.WriteString("time", notification.StateChangeTime);
        json.WriteBoolean("test", notification.IsTest);
        json.WriteString("subject", notification.Subject);
        json.WriteString("message", notification.Message);
        json.WriteEndObject();
    }

    /// <exception cref="FormatException">A member is not what it should be.</exception>
    /// <exception cref="KeyNotFoundException">A member is missing.</exception>
    /// <exception cref="InvalidOperationException">A member has another type.</exception>
    internal static AlarmNotification Read(JsonElement json) => new()
    {
        Id = Text(json, "id"),
        TopicArn = Text(json, "topic"),
        AlarmName = Text(json, "alarm"),
        AlarmArn = Text(json, "arn"),
        OldState = State(json, "old"),
        NewState = State(json, "new"),
        NewStateReason = Text(json, "reason"),
        StateChangeTime = json.GetProperty("time").GetDateTimeOffset(),
        IsTest = json.GetProperty("test").GetBoolean(),
        Subject = Text(json, "subject"),
        Message = Text(json, "message"),
    };

    /// <summary>Reads a notification from bytes that may be anything.</summary>
    internal static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out AlarmNotification? notification)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            notification = Read(document.RootElement);
            return true;
        }
        catch (Exception exception) when (
            exception is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            notification = null;
            return false;
        }
    }

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null.");

    private static AlarmState State(JsonElement json, string name) =>
        AlarmStates.Parse(Text(json, name)) ?? throw new FormatException($"{name} is no state.");
}
