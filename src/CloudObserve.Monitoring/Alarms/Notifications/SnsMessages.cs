using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CloudObserve.Monitoring.Alarms.Notifications;

/// <summary>Writes a message that has a form for each kind of subscription: CloudWatch's JSON, an e-mail and a text message.</summary>
internal static class SnsMessages
{
    /// <summary>Writes the JSON object that <c>MessageStructure=json</c> asks for.</summary>
    internal static string Write(AlarmNotification notification) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("default", notification.Message);
        json.WriteString("email", Email(notification));
        json.WriteString("sms", notification.Subject);
        json.WriteEndObject();
    });

    /// <summary>Writes the text of an e-mail.</summary>
    internal static string Email(AlarmNotification notification)
    {
        using JsonDocument message = JsonDocument.Parse(notification.Message);
        JsonElement alarm = message.RootElement;
        string time = notification.StateChangeTime.UtcDateTime.ToString("dddd dd MMMM, yyyy HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        StringBuilder text = new();
        Line(
            text,
            $"You are receiving this email because your Amazon CloudWatch Alarm \"{notification.AlarmName}\" in the "
                + $"{JsonTexts.Text(alarm, "Region")} region has entered the {AlarmStates.ToName(notification.NewState)} state, because "
                + $"\"{notification.NewStateReason}\" at \"{time}\".");
        Title(text, "Alarm Details");
        Item(text, "Name", notification.AlarmName);
        Item(text, "Description", JsonTexts.Text(alarm, "AlarmDescription"));
        Item(text, "State Change", $"{AlarmStates.ToName(notification.OldState)} -> {AlarmStates.ToName(notification.NewState)}");
        Item(text, "Reason for State Change", notification.NewStateReason);
        Item(text, "Timestamp", time);
        Item(text, "AWS Account", JsonTexts.Text(alarm, "AWSAccountId"));
        Item(text, "Alarm Arn", notification.AlarmArn);
        if (alarm.TryGetProperty("Trigger", out JsonElement trigger))
        {
            WriteTrigger(text, trigger);
        }
        else
        {
            Title(text, "Alarm Rule");
            Line(text, JsonTexts.Text(alarm, "AlarmRule"));
        }

        Title(text, "State Change Actions");
        Item(text, "OK", Actions(alarm, "OKActions"));
        Item(text, "ALARM", Actions(alarm, "AlarmActions"));
        Item(text, "INSUFFICIENT_DATA", Actions(alarm, "InsufficientDataActions"));
        return text.ToString();
    }

    private static void WriteTrigger(StringBuilder text, JsonElement trigger)
    {
        string periods = Number(trigger, "EvaluationPeriods");
        string datapoints = trigger.TryGetProperty("DatapointsToAlarm", out _) ? Number(trigger, "DatapointsToAlarm") : periods;
        string threshold = trigger.TryGetProperty("Threshold", out _) ? $" {Number(trigger, "Threshold")}" : "";
        Title(text, "Threshold");
        Line(
            text,
            $"- The alarm is in the ALARM state when the metric is {JsonTexts.Text(trigger, "ComparisonOperator")}{threshold} for at least "
                + $"{datapoints} of the last {periods} period(s) of {Number(trigger, "Period")} seconds.");
        if (!trigger.TryGetProperty("MetricName", out _))
        {
            return;
        }

        Title(text, "Monitored Metric");
        Item(text, "MetricNamespace", JsonTexts.Text(trigger, "Namespace"));
        Item(text, "MetricName", JsonTexts.Text(trigger, "MetricName"));
        Item(text, "Dimensions", Dimensions(trigger));
        Item(text, "Period", $"{Number(trigger, "Period")} seconds");
        Item(text, "Statistic", JsonTexts.Text(trigger, JsonTexts.Text(trigger, "StatisticType")));
        Item(text, "Unit", JsonTexts.Text(trigger, "Unit") is { Length: > 0 } unit ? unit : "not specified");
        Item(text, "TreatMissingData", JsonTexts.Text(trigger, "TreatMissingData") is { Length: > 0 } given ? given : "missing");
    }

    private static void Title(StringBuilder text, string title) => text.Append('\n').Append(title).Append(":\n");

    private static void Item(StringBuilder text, string name, string value) => Line(text, $"- {name}: {value}".TrimEnd());

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement number) ? number.GetRawText() : "";

    private static string Actions(JsonElement alarm, string name) =>
        alarm.TryGetProperty(name, out JsonElement list) && list.GetArrayLength() > 0
            ? string.Join(' ', list.EnumerateArray().Select(static action => $"[{action.GetString()}]")) : "";

    private static string Dimensions(JsonElement trigger) => trigger.TryGetProperty("Dimensions", out JsonElement list)
        ? string.Join(' ', list.EnumerateArray().Select(static d => $"[{JsonTexts.Text(d, "name")} = {JsonTexts.Text(d, "value")}]")) : "";
}
