using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace CloudObserve.Monitoring.Alarms;

/// <summary>Reads JSON texts that may be anything.</summary>
internal static class JsonTexts
{
    internal static bool TryParse(string text, [NotNullWhen(true)] out JsonDocument? document)
    {
        try
        {
            document = JsonDocument.Parse(text);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // A lone surrogate in the text is an ArgumentException.
            document = null;
            return false;
        }
    }

    /// <summary>Returns whether a text is JSON.</summary>
    internal static bool IsJson(string text)
    {
        bool isJson = TryParse(text, out JsonDocument? document);
        document?.Dispose();
        return isJson;
    }

    /// <summary>Returns a member of an object that is a text; otherwise an empty text.</summary>
    internal static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement member)
            && member.ValueKind == JsonValueKind.String ? member.GetString() ?? "" : "";
}
