using System.Globalization;
using CloudObserve.Monitoring.Alarms;
using Microsoft.Extensions.Configuration;

namespace CloudObserve.Monitoring.Hosting;

/// <summary>Writes a section of the configuration as the JSON text that it was read from, as far as the configuration keeps it.</summary>
/// <remarks>
/// The configuration knows texts only, and names the elements of a list 0, 1, 2, and so on. The readers of definitions accept texts for
/// numbers and booleans. An empty list or object is left out.
/// </remarks>
internal static class ConfigurationJson
{
    private const int MaxDepth = 12;

    internal static string Write(IConfigurationSection section) => JsonText.Write(json => Write(json, section, 0));

    private static void Write(System.Text.Json.Utf8JsonWriter json, IConfigurationSection section, int depth)
    {
        IConfigurationSection[] children = depth > MaxDepth ? [] : [.. section.GetChildren()];
        if (children.Length == 0 && depth > 0)
        {
            json.WriteStringValue(section.Value);
            return;
        }

        bool isList = depth > 0 && children.All(
            child => int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out int i) && i < children.Length);
        if (isList)
        {
            json.WriteStartArray();
        }
        else
        {
            json.WriteStartObject();
        }

        foreach (IConfigurationSection child in isList ? children.OrderBy(static c => int.Parse(c.Key, CultureInfo.InvariantCulture)) : children.AsEnumerable())
        {
            // JSON's null, and an empty list or object, have no value and no children.
            if (string.IsNullOrEmpty(child.Value) && !child.GetChildren().Any() && !isList)
            {
                continue;
            }

            if (!isList)
            {
                json.WritePropertyName(child.Key);
            }

            Write(json, child, depth + 1);
        }

        if (isList)
        {
            json.WriteEndArray();
        }
        else
        {
            json.WriteEndObject();
        }
    }
}
