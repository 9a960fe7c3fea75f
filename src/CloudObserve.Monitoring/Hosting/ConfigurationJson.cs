using System.Globalization;
using System.Text.Json;
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

    internal static string Write(IConfigurationSection section) => JsonText.Write(json => WriteObject(json, [.. section.GetChildren()], 0));

    private static void WriteValue(Utf8JsonWriter json, IConfigurationSection section, int depth)
    {
        IConfigurationSection[] children = [.. section.GetChildren()];
        if (children.Length == 0 || depth > MaxDepth)
        {
            json.WriteStringValue(section.Value);
        }
        else if (IsList(children))
        {
            json.WriteStartArray();
            foreach (IConfigurationSection child in children.OrderBy(static c => int.Parse(c.Key, CultureInfo.InvariantCulture)))
            {
                WriteValue(json, child, depth + 1);
            }

            json.WriteEndArray();
        }
        else
        {
            WriteObject(json, children, depth);
        }
    }

    private static void WriteObject(Utf8JsonWriter json, IConfigurationSection[] children, int depth)
    {
        json.WriteStartObject();

        // JSON's null, and an empty list or object, have no value and no children.
        foreach (IConfigurationSection child in children.Where(static c => !string.IsNullOrEmpty(c.Value) || c.GetChildren().Any()))
        {
            json.WritePropertyName(child.Key);
            WriteValue(json, child, depth + 1);
        }

        json.WriteEndObject();
    }

    private static bool IsList(IConfigurationSection[] children) => Array.TrueForAll(
        children,
        child => int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out int i) && i < children.Length);
}
