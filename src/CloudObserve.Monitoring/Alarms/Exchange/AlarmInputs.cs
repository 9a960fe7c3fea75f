using CloudObserve.Monitoring.Alarms.Definitions;

namespace CloudObserve.Monitoring.Alarms.Exchange;

/// <summary>Writes the inputs of PutMetricAlarm and PutCompositeAlarm in the lists of DescribeAlarms' answer.</summary>
internal static class AlarmInputs
{
    internal const string MetricAlarms = "MetricAlarms";
    internal const string CompositeAlarms = "CompositeAlarms";

    internal static string Write(AlarmDefinitions alarms) => JsonText.Write(
        json =>
        {
            json.WriteStartObject();
            json.WriteStartArray(MetricAlarms);
            foreach (AlarmDefinition alarm in alarms.MetricAlarms)
            {
                json.WriteStartObject();
                AlarmDefinitionWriter.WriteMembers(json, ForCloudWatch(alarm));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray(CompositeAlarms);
            foreach (CompositeAlarmDefinition alarm in alarms.CompositeAlarms)
            {
                json.WriteStartObject();
                CompositeAlarmJson.WriteMembers(json, alarm);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        },
        indented: true);

    /// <summary>Returns the definition without what CloudWatch does not know.</summary>
    internal static AlarmDefinition ForCloudWatch(AlarmDefinition alarm) =>
        alarm.MinimumSampleCount is null ? alarm : alarm with { MinimumSampleCount = null };
}
