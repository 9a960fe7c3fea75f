using System.Globalization;
using System.Text.Json;
using CloudObserve.Monitoring.Alarms.Definitions;

namespace CloudObserve.Monitoring.Alarms.Exchange;

/// <summary>Writes alarms as a CloudFormation template.</summary>
internal sealed class CloudFormationTemplate
{
    internal const string Resources = "Resources";
    internal const string Properties = "Properties";
    internal const string Alarm = "AWS::CloudWatch::Alarm";
    internal const string CompositeAlarm = "AWS::CloudWatch::CompositeAlarm";
    internal const string AnomalyDetector = "AWS::CloudWatch::AnomalyDetector";

    private const string Metadata = "Metadata";
    private const string OwnMetadata = "CloudObserve";
    private const string MinimumSampleCount = "MinimumSampleCount";

    // CloudFormation: a logical id has at most 255 letters and digits.
    private const int MaxIdLength = 255;

    private readonly Utf8JsonWriter _json;
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _idsOfAlarms = new(StringComparer.Ordinal);

    // By the properties, because a second resource for the same detector fails.
    private readonly Dictionary<string, string> _detectors = new(StringComparer.Ordinal);

    private CloudFormationTemplate(Utf8JsonWriter json) => _json = json;

    internal static string Write(AlarmDefinitions alarms) =>
        JsonText.Write(json => new CloudFormationTemplate(json).WriteTemplate(alarms), indented: true);

    /// <summary>Reads the member that CloudWatch does not know from the metadata of a resource.</summary>
    internal static int? MinimumSampleCountOf(JsonElement resource) =>
        resource.TryGetProperty(Metadata, out JsonElement metadata) && metadata.ValueKind == JsonValueKind.Object
        && metadata.TryGetProperty(OwnMetadata, out JsonElement own) && own.ValueKind == JsonValueKind.Object
        && own.TryGetProperty(MinimumSampleCount, out JsonElement count) && count.ValueKind == JsonValueKind.Number
        && count.TryGetInt32(out int number) ? number : null;

    private void WriteTemplate(AlarmDefinitions alarms)
    {
        foreach (string name in AlarmSetRules.NamesOf(alarms))
        {
            _ = _idsOfAlarms.TryAdd(name, NewId("Alarm", name));
        }

        _json.WriteStartObject();
        _json.WriteString("AWSTemplateFormatVersion", "2010-09-09");
        _json.WriteStartObject(Resources);
        foreach (AlarmDefinition alarm in alarms.MetricAlarms)
        {
            WriteAlarm(alarm);
        }

        foreach (CompositeAlarmDefinition alarm in alarms.CompositeAlarms)
        {
            WriteComposite(alarm);
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteAlarm(AlarmDefinition alarm)
    {
        string? detector = DetectorOf(alarm);
        _json.WriteStartObject(_idsOfAlarms[alarm.AlarmName]);
        _json.WriteString("Type", Alarm);
        WriteDependencies(detector is null ? [] : [detector]);
        if (alarm.MinimumSampleCount is { } count)
        {
            _json.WriteStartObject(Metadata);
            _json.WriteStartObject(OwnMetadata);
            _json.WriteNumber(MinimumSampleCount, count);
            _json.WriteEndObject();
            _json.WriteEndObject();
        }

        _json.WriteStartObject(Properties);
        AlarmDefinitionWriter.WriteMembers(_json, AlarmInputs.ForCloudWatch(alarm));
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteComposite(CompositeAlarmDefinition alarm)
    {
        _json.WriteStartObject(_idsOfAlarms[alarm.AlarmName]);
        _json.WriteString("Type", CompositeAlarm);

        // The rule names alarms, which CloudFormation does not take for references. Alarms outside of the template exist already.
        WriteDependencies([.. AlarmSetRules.UsedBy(alarm).Select(used => _idsOfAlarms.GetValueOrDefault(AlarmReference.Of(used).Name))
            .OfType<string>().Distinct().Order(StringComparer.Ordinal)]);
        _json.WriteStartObject(Properties);
        CompositeAlarmJson.WriteMembers(_json, alarm);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteDependencies(string[] ids)
    {
        if (ids.Length == 0)
        {
            return;
        }

        _json.WriteStartArray("DependsOn");
        foreach (string id in ids)
        {
            _json.WriteStringValue(id);
        }

        _json.WriteEndArray();
    }

    // Writes the resource of the detector if it is the first alarm on it.
    private string? DetectorOf(AlarmDefinition alarm)
    {
        if (BandDetector.Write(alarm) is not { } properties)
        {
            return null;
        }

        if (!_detectors.TryGetValue(properties, out string? id))
        {
            id = NewId("Detector", alarm.AlarmName);
            _detectors.Add(properties, id);
            _json.WriteStartObject(id);
            _json.WriteString("Type", AnomalyDetector);
            _json.WritePropertyName(Properties);
            _json.WriteRawValue(properties);
            _json.WriteEndObject();
        }

        return id;
    }

    private string NewId(string prefix, string name)
    {
        string stem = prefix + string.Concat(name.Where(char.IsAsciiLetterOrDigit));
        string id = stem[..Math.Min(stem.Length, MaxIdLength)];
        for (int number = 2; !_ids.Add(id); number++)
        {
            string suffix = number.ToString(CultureInfo.InvariantCulture);
            id = stem[..Math.Min(stem.Length, MaxIdLength - suffix.Length)] + suffix;
        }

        return id;
    }
}
