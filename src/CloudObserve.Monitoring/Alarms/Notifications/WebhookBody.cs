using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CloudObserve.Monitoring.Alarms.Notifications;

/// <summary>Writes the bodies of requests to webhooks.</summary>
internal static partial class WebhookBody
{
    private static readonly string[] Placeholders =
    [
        "Id", "Topic", "Subject", "AlarmName", "AlarmArn", "OldStateValue", "NewStateValue", "NewStateReason", "StateChangeTime", "Message",
    ];

    internal static string Write(Webhook webhook, AlarmNotification notification) => webhook.Template is { } template
        ? Placeholder().Replace(template, match => Escaped(ValueOf(match.Groups["name"].Value, notification)))
        : JsonText.Write(json =>
        {
            switch (webhook.Format)
            {
                case WebhookFormat.Slack:
                    WriteSlack(json, notification);
                    break;
                case WebhookFormat.Teams:
                    WriteTeams(json, notification);
                    break;
                default:
                    WriteSns(json, notification);
                    break;
            }
        });

    /// <summary>Returns the fault of a template; <see langword="null"/> if it has none.</summary>
    internal static string? FaultOf(string template)
    {
        string? unknown = Placeholder().Matches(template).Select(static match => match.Groups["name"].Value)
            .FirstOrDefault(static name => !Placeholders.Contains(name));
        return unknown is not null
                ? $"has the unknown placeholder <{unknown}>; the placeholders are {string.Join(", ", Placeholders)}"
            : !JsonTexts.IsJson(Placeholder().Replace(template, "")) ? "must be JSON, with placeholders within its strings"
            : null;
    }

    private static string Escaped(string value) => JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();

    private static string ValueOf(string placeholder, AlarmNotification notification) => placeholder switch
    {
        "Id" => notification.Id,
        "Topic" => notification.Topic,
        "Subject" => notification.Subject,
        "AlarmName" => notification.AlarmName,
        "AlarmArn" => notification.AlarmArn,
        "OldStateValue" => AlarmStates.ToName(notification.OldState),
        "NewStateValue" => AlarmStates.ToName(notification.NewState),
        "NewStateReason" => notification.NewStateReason,
        "StateChangeTime" => AlarmTimes.ToDocument(notification.StateChangeTime),
        _ => notification.Message,
    };

    private static void WriteSns(Utf8JsonWriter json, AlarmNotification notification)
    {
        json.WriteStartObject();
        json.WriteString("Type", "Notification");
        json.WriteString("MessageId", notification.Id);
        json.WriteString("TopicArn", notification.TopicArn);
        json.WriteString("Subject", notification.Subject);
        json.WriteString("Message", notification.Message);
        json.WriteString(
            "Timestamp", notification.StateChangeTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    // Slack gives a meaning to three characters.
    private static void WriteSlack(Utf8JsonWriter json, AlarmNotification notification)
    {
        json.WriteStartObject();
        json.WriteString("text", $"*{Plain(notification.Subject)}*\n{Plain(notification.NewStateReason)}");
        json.WriteEndObject();

        static string Plain(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
    }

    private static void WriteTeams(Utf8JsonWriter json, AlarmNotification notification)
    {
        json.WriteStartObject();
        json.WriteString("type", "message");
        json.WriteStartArray("attachments");
        json.WriteStartObject();
        json.WriteString("contentType", "application/vnd.microsoft.card.adaptive");
        json.WriteStartObject("content");
        json.WriteString("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        json.WriteString("type", "AdaptiveCard");
        json.WriteString("version", "1.4");
        json.WriteStartArray("body");
        WriteBlock(json, notification.Subject, isTitle: true);
        WriteBlock(json, notification.NewStateReason, isTitle: false);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBlock(Utf8JsonWriter json, string text, bool isTitle)
    {
        json.WriteStartObject();
        json.WriteString("type", "TextBlock");
        json.WriteString("text", text);
        json.WriteBoolean("wrap", true);
        if (isTitle)
        {
            json.WriteString("weight", "Bolder");
        }

        json.WriteEndObject();
    }

    [GeneratedRegex("<(?<name>[A-Za-z]{1,32})>")]
    private static partial Regex Placeholder();
}
