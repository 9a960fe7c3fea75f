using System.Text.Json;
using CloudObserve.Local;
using CloudObserve.Metrics;
using CloudObserve.Monitoring.Alarms.Definitions;
using CloudObserve.Monitoring.Alarms.History;

namespace CloudObserve.Monitoring.Alarms.Notifications;

/// <summary>Writes the messages of alarms as CloudWatch sends them to topics of Amazon SNS.</summary>
internal static class AlarmMessage
{
    // The limit of Amazon SNS.
    private const int MaxSubject = 100;

    internal static string Subject(string state, string alarm, string region)
    {
        string subject = $"{state}: \"{alarm}\" in {RegionNames.Of(region)}";
        return subject.Length <= MaxSubject ? subject : subject[..(MaxSubject - 3)] + "...";
    }

    internal static string Write(
        MetricAlarmRecord alarm, AlarmSnapshot before, AlarmAccount account, bool isAfterMuteWindow) =>
        JsonText.Write(json =>
        {
            AlarmDefinition definition = alarm.Definition;
            json.WriteStartObject();
            json.WriteString("AlarmName", definition.AlarmName);
            json.WriteString("AlarmDescription", definition.AlarmDescription);
            json.WriteString("AWSAccountId", account.AccountId);
            json.WriteString("AlarmConfigurationUpdatedTimestamp", AlarmTimes.ToDocument(alarm.ConfigurationUpdated));
            WriteState(json, alarm.State);
            json.WriteBoolean("ActionExecutedAfterMuteWindow", isAfterMuteWindow);
            WritePlace(json, alarm.Arn, before, account);
            WriteActions(json, definition.OKActions, definition.AlarmActions, definition.InsufficientDataActions);
            WriteTrigger(json, definition);
            json.WriteEndObject();
        });

    internal static string Write(CompositeAlarmRecord alarm, AlarmSnapshot before, AlarmAccount account) =>
        JsonText.Write(json =>
        {
            CompositeAlarmDefinition definition = alarm.Definition;
            json.WriteStartObject();
            json.WriteString("AlarmName", definition.AlarmName);
            json.WriteString("AlarmDescription", definition.AlarmDescription);
            json.WriteString("AWSAccountId", account.AccountId);
            WriteState(json, alarm.State);
            WritePlace(json, alarm.Arn, before, account);
            WriteActions(json, definition.OKActions, definition.AlarmActions, definition.InsufficientDataActions);
            json.WriteString("AlarmRule", definition.AlarmRule);
            json.WriteStartArray("TriggeringChildren");
            WriteChildren(json, alarm.State.ReasonData);
            json.WriteEndArray();
            json.WriteEndObject();
        });

    private static void WriteState(Utf8JsonWriter json, AlarmSnapshot after)
    {
        json.WriteString("NewStateValue", AlarmStates.ToName(after.State));
        json.WriteString("NewStateReason", after.Reason);
        json.WriteString("StateChangeTime", AlarmTimes.ToDocument(after.Updated));
    }

    private static void WritePlace(Utf8JsonWriter json, string arn, AlarmSnapshot before, AlarmAccount account)
    {
        json.WriteString("Region", RegionNames.Of(account.Region));
        json.WriteString("AlarmArn", arn);
        json.WriteString("OldStateValue", AlarmStates.ToName(before.State));
    }

    private static void WriteActions(
        Utf8JsonWriter json, IReadOnlyList<string> ok, IReadOnlyList<string> alarm, IReadOnlyList<string> insufficientData)
    {
        foreach ((string name, IReadOnlyList<string> actions) in new[]
        {
            ("OKActions", ok), ("AlarmActions", alarm), ("InsufficientDataActions", insufficientData),
        })
        {
            json.WriteStartArray(name);
            foreach (string action in actions)
            {
                json.WriteStringValue(action);
            }

            json.WriteEndArray();
        }
    }

    private static void WriteTrigger(Utf8JsonWriter json, AlarmDefinition definition)
    {
        json.WriteStartObject("Trigger");
        if (definition.Metrics.Count == 0)
        {
            json.WriteString("MetricName", definition.MetricName);
            json.WriteString("Namespace", definition.Namespace);
            json.WriteString("StatisticType", definition.Statistic is null ? "ExtendedStatistic" : "Statistic");
            json.WriteString(
                definition.Statistic is null ? "ExtendedStatistic" : "Statistic",
                definition.Statistic?.ToUpperInvariant() ?? definition.ExtendedStatistic);
            json.WriteString("Unit", definition.Unit);
            WriteDimensions(json, "Dimensions", definition.Dimensions);
        }

        json.WriteNumber("Period", (long)(definition.WatchedPeriod ?? TimeSpan.Zero).TotalSeconds);
        json.WriteNumber("EvaluationPeriods", definition.EvaluationPeriods ?? 0);
        JsonText.WriteNumber(json, "DatapointsToAlarm", definition.DatapointsToAlarm);
        json.WriteString("ComparisonOperator", definition.ComparisonOperator);
        if (definition.Threshold is { } threshold)
        {
            json.WritePropertyName("Threshold");
            json.WriteRawValue(JavaNumbers.Format(threshold));
        }

        json.WriteString("TreatMissingData", definition.TreatMissingData ?? "");
        json.WriteString("EvaluateLowSampleCountPercentile", definition.EvaluateLowSampleCountPercentile ?? "");
        JsonText.WriteText(json, "ThresholdMetricId", definition.ThresholdMetricId);
        if (definition.Metrics.Count > 0)
        {
            json.WriteStartArray("Metrics");
            foreach (MetricDataQuery query in definition.Metrics)
            {
                WriteQuery(json, query);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteQuery(Utf8JsonWriter json, MetricDataQuery query)
    {
        json.WriteStartObject();
        JsonText.WriteText(json, "Expression", query.Expression);
        json.WriteString("Id", query.Id);
        JsonText.WriteText(json, "Label", query.Label);
        if (query.MetricStat is { } stat)
        {
            json.WriteStartObject("MetricStat");
            json.WriteStartObject("Metric");
            WriteDimensions(json, "Dimensions", stat.Metric.Dimensions);
            json.WriteString("MetricName", stat.Metric.MetricName);
            json.WriteString("Namespace", stat.Metric.Namespace);
            json.WriteEndObject();
            json.WriteNumber("Period", (long)stat.Period.TotalSeconds);
            json.WriteString("Stat", stat.Stat);
            JsonText.WriteText(json, "Unit", stat.Unit);
            json.WriteEndObject();
        }

        json.WriteBoolean("ReturnData", query.ReturnData);
        json.WriteEndObject();
    }

    private static void WriteDimensions(Utf8JsonWriter json, string name, IReadOnlyList<MetricDimension> dimensions)
    {
        json.WriteStartArray(name);
        foreach (MetricDimension dimension in dimensions)
        {
            json.WriteStartObject();
            json.WriteString("name", dimension.Name);
            json.WriteString("value", dimension.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // The reason data names the alarms with lower-case members, the message with upper-case ones. A caller of SetAlarmState may have set
    // another text.
    private static void WriteChildren(Utf8JsonWriter json, string? reasonData)
    {
        if (reasonData is null || !JsonTexts.TryParse(reasonData, out JsonDocument? document))
        {
            return;
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("triggeringAlarms", out JsonElement alarms)
                || alarms.ValueKind != JsonValueKind.Array)
            {
                return;
            }

            foreach (JsonElement alarm in alarms.EnumerateArray().Where(static alarm => alarm.ValueKind == JsonValueKind.Object))
            {
                json.WriteStartObject();
                json.WriteString("Arn", JsonTexts.Text(alarm, "arn"));
                json.WriteStartObject("State");
                JsonElement state = alarm.TryGetProperty("state", out JsonElement found) ? found : default;
                json.WriteString("Value", JsonTexts.Text(state, "value"));
                json.WriteString("Timestamp", JsonTexts.Text(state, "timestamp"));
                json.WriteEndObject();
                json.WriteEndObject();
            }
        }
    }
}
