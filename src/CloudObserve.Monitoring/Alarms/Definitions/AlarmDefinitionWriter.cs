using System.Text.Json;
using CloudObserve.Local;
using CloudObserve.Metrics;

namespace CloudObserve.Monitoring.Alarms.Definitions;

/// <summary>Writes the JSON input of PutMetricAlarm.</summary>
internal static class AlarmDefinitionWriter
{
    internal static string Write(AlarmDefinition definition) => JsonText.Write(
        json =>
        {
            json.WriteStartObject();
            WriteMembers(json, definition);
            json.WriteEndObject();
        },
        indented: true);

    /// <summary>Writes the members into an object that is open.</summary>
    internal static void WriteMembers(Utf8JsonWriter json, AlarmDefinition definition)
    {
        json.WriteString("AlarmName", definition.AlarmName);
        JsonText.WriteText(json, "AlarmDescription", definition.AlarmDescription);
        WriteActions(json, definition.ActionsEnabled, definition.OKActions, definition.AlarmActions, definition.InsufficientDataActions);
        JsonText.WriteText(json, "MetricName", definition.MetricName);
        JsonText.WriteText(json, "Namespace", definition.Namespace);
        JsonText.WriteText(json, "Statistic", definition.Statistic);
        JsonText.WriteText(json, "ExtendedStatistic", definition.ExtendedStatistic);
        WriteDimensions(json, definition.Dimensions);
        JsonText.WriteSeconds(json, "Period", definition.Period);
        JsonText.WriteText(json, "Unit", definition.Unit);
        JsonText.WriteNumber(json, "EvaluationPeriods", definition.EvaluationPeriods);
        JsonText.WriteNumber(json, "DatapointsToAlarm", definition.DatapointsToAlarm);
        JsonText.WriteNumber(json, "Threshold", definition.Threshold);
        JsonText.WriteText(json, "ComparisonOperator", definition.ComparisonOperator);
        JsonText.WriteText(json, "TreatMissingData", definition.TreatMissingData);
        JsonText.WriteText(json, "EvaluateLowSampleCountPercentile", definition.EvaluateLowSampleCountPercentile);
        JsonText.WriteNumber(json, "MinimumSampleCount", definition.MinimumSampleCount);
        WriteQueries(json, "Metrics", definition.Metrics);
        WriteTags(json, definition.Tags);
        JsonText.WriteText(json, "ThresholdMetricId", definition.ThresholdMetricId);
    }

    internal static void WriteActions(
        Utf8JsonWriter json, bool enabled, IReadOnlyList<string> ok, IReadOnlyList<string> alarm, IReadOnlyList<string> insufficientData)
    {
        if (!enabled)
        {
            json.WriteBoolean("ActionsEnabled", enabled);
        }

        JsonText.WriteTexts(json, "OKActions", ok);
        JsonText.WriteTexts(json, "AlarmActions", alarm);
        JsonText.WriteTexts(json, "InsufficientDataActions", insufficientData);
    }

    internal static void WriteTags(Utf8JsonWriter json, IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count == 0)
        {
            return;
        }

        json.WriteStartArray("Tags");
        foreach ((string key, string value) in tags)
        {
            json.WriteStartObject();
            json.WriteString("Key", key);
            json.WriteString("Value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static void WriteDimensions(Utf8JsonWriter json, IReadOnlyList<MetricDimension> dimensions)
    {
        if (dimensions.Count == 0)
        {
            return;
        }

        json.WriteStartArray("Dimensions");
        foreach (MetricDimension dimension in dimensions)
        {
            json.WriteStartObject();
            json.WriteString("Name", dimension.Name);
            json.WriteString("Value", dimension.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static void WriteQueries(Utf8JsonWriter json, string name, IReadOnlyList<MetricDataQuery> queries)
    {
        if (queries.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (MetricDataQuery query in queries)
        {
            json.WriteStartObject();
            json.WriteString("Id", query.Id);
            WriteStat(json, query.MetricStat);
            JsonText.WriteText(json, "Expression", query.Expression);
            JsonText.WriteText(json, "Label", query.Label);
            json.WriteBoolean("ReturnData", query.ReturnData);
            JsonText.WriteSeconds(json, "Period", query.Period);
            JsonText.WriteText(json, "AccountId", query.AccountId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStat(Utf8JsonWriter json, MetricStat? stat)
    {
        if (stat is null)
        {
            return;
        }

        json.WriteStartObject("MetricStat");
        json.WriteStartObject("Metric");
        json.WriteString("Namespace", stat.Metric.Namespace);
        json.WriteString("MetricName", stat.Metric.MetricName);
        WriteDimensions(json, stat.Metric.Dimensions);
        json.WriteEndObject();
        JsonText.WriteSeconds(json, "Period", stat.Period);
        json.WriteString("Stat", stat.Stat);
        JsonText.WriteText(json, "Unit", stat.Unit);
        json.WriteEndObject();
    }
}
