using System.Globalization;
using System.Text.Json;
using CloudObserve.Monitoring.Alarms.Definitions;
using Microsoft.Extensions.Configuration;

namespace CloudObserve.Monitoring.Alarms.Exchange;

/// <summary>Reads alarms from configuration and writes them as a settings file.</summary>
internal static class AlarmSettings
{
    private const string AlarmName = "AlarmName";
    private const string AlarmRule = "AlarmRule";

    // The provider of JSON files gives a list without elements as an empty text.
    private static readonly string[] Lists =
        ["OKActions", "AlarmActions", "InsufficientDataActions", "Dimensions", "Metrics", "Tags"];

    internal static AlarmDefinitions Read(IConfiguration alarms)
    {
        ArgumentNullException.ThrowIfNull(alarms);
        List<AlarmDefinition> metric = [];
        List<CompositeAlarmDefinition> composite = [];
        List<string> faults = [];
        foreach (IConfigurationSection alarm in alarms.GetChildren())
        {
            try
            {
                string json = JsonText.Write(writer => WriteAlarm(writer, alarm));
                if (alarm.GetSection(AlarmRule).Exists())
                {
                    composite.Add(CompositeAlarmDefinition.Parse(json));
                }
                else
                {
                    metric.Add(AlarmDefinition.Parse(json));
                }
            }
            catch (FormatException exception)
            {
                faults.AddRange(exception.Message.Split('\n').Select(fault => $"{alarm.Path}: {fault}"));
            }
        }

        return faults.Count == 0
            ? new AlarmDefinitions { MetricAlarms = metric, CompositeAlarms = composite }
            : throw new FormatException(string.Join('\n', faults));
    }

    internal static string Write(AlarmDefinitions alarms) => JsonText.Write(
        json =>
        {
            HashSet<string> keys = new(StringComparer.OrdinalIgnoreCase);
            json.WriteStartObject();
            json.WriteStartObject("CloudObserve");
            json.WriteStartObject("Monitoring");
            json.WriteStartObject("Alarms");
            foreach (AlarmDefinition alarm in alarms.MetricAlarms)
            {
                json.WriteStartObject(KeyOf(alarm.AlarmName, keys));
                AlarmDefinitionWriter.WriteMembers(json, alarm);
                json.WriteEndObject();
            }

            foreach (CompositeAlarmDefinition alarm in alarms.CompositeAlarms)
            {
                json.WriteStartObject(KeyOf(alarm.AlarmName, keys));
                CompositeAlarmJson.WriteMembers(json, alarm);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        },
        indented: true);

    private static void WriteAlarm(Utf8JsonWriter json, IConfigurationSection alarm)
    {
        json.WriteStartObject();
        if (alarm[AlarmName] is null)
        {
            json.WriteString(AlarmName, alarm.Key);
        }

        WriteChildren(json, alarm.GetChildren());
        json.WriteEndObject();
    }

    private static void WriteChildren(Utf8JsonWriter json, IEnumerable<IConfigurationSection> children)
    {
        foreach (IConfigurationSection child in children.Where(static child => !IsEmptyList(child)))
        {
            json.WritePropertyName(child.Key);
            WriteValue(json, child);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, IConfigurationSection section)
    {
        IConfigurationSection[] children = [.. section.GetChildren()];
        if (children.Length == 0)
        {
            json.WriteStringValue(section.Value);
        }
        else if (children.All(static child => int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            json.WriteStartArray();
            foreach (IConfigurationSection child in children)
            {
                WriteValue(json, child);
            }

            json.WriteEndArray();
        }
        else
        {
            json.WriteStartObject();
            WriteChildren(json, children);
            json.WriteEndObject();
        }
    }

    private static bool IsEmptyList(IConfigurationSection section) =>
        section.Value is "" && Lists.Contains(section.Key, StringComparer.OrdinalIgnoreCase) && !section.GetChildren().Any();

    // A colon separates the keys of configuration, which are compared without case.
    private static string KeyOf(string name, HashSet<string> keys)
    {
        string key = name.Replace(':', '-');
        for (int number = 2; !keys.Add(key); number++)
        {
            key = string.Create(CultureInfo.InvariantCulture, $"{name.Replace(':', '-')}-{number}");
        }

        return key;
    }
}
