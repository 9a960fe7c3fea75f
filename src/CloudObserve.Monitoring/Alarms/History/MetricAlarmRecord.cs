using System.Text.Json.Nodes;
using CloudObserve.Metrics;

namespace CloudObserve.Monitoring.Alarms.History;

/// <summary>Represents a metric alarm as entries of histories describe it.</summary>
/// <param name="Definition">The definition.</param>
/// <param name="Arn">The ARN.</param>
/// <param name="ConfigurationUpdated">The time of the last change of the definition.</param>
/// <param name="State">The state.</param>
internal sealed record MetricAlarmRecord(AlarmDefinition Definition, string Arn, DateTimeOffset ConfigurationUpdated, AlarmSnapshot State)
    : IAlarmRecord
{
    /// <inheritdoc/>
    public string AlarmName => Definition.AlarmName;

    // The names are CloudWatch's in this place: a plain statistic is an extendedStatistic in upper case, and okactions is one word.
    public JsonObject Members()
    {
        JsonObject members = new()
        {
            ["alarmName"] = Definition.AlarmName,
            ["alarmArn"] = Arn,
            ["alarmConfigurationUpdatedTimestamp"] = AlarmTimes.ToDocument(ConfigurationUpdated),
        };
        Add(members, "alarmDescription", Definition.AlarmDescription);
        Add(members, "namespace", Definition.Namespace);
        Add(members, "metricName", Definition.MetricName);
        Add(members, "extendedStatistic", Definition.Statistic?.ToUpperInvariant() ?? Definition.ExtendedStatistic);
        AddQueries(members);
        AddNumber(members, "threshold", Definition.Threshold);
        Add(members, "comparisonOperator", Definition.ComparisonOperator);
        AddCount(members, "evaluationPeriods", Definition.EvaluationPeriods);
        AddCount(members, "datapointsToAlarm", Definition.DatapointsToAlarm);
        Add(members, "treatMissingData", Definition.TreatMissingData);
        Add(members, "evaluateLowSampleCountPercentile", Definition.EvaluateLowSampleCountPercentile);
        Add(members, "unit", Definition.Unit);
        Add(members, "thresholdMetricId", Definition.ThresholdMetricId);
        members["stateValue"] = AlarmStates.ToName(State.State);
        members["stateUpdatedTimestamp"] = AlarmTimes.ToDocument(State.Updated);
        members["actionsEnabled"] = Definition.ActionsEnabled;
        members["alarmActions"] = Texts(Definition.AlarmActions);
        members["insufficientDataActions"] = Texts(Definition.InsufficientDataActions);
        members["okactions"] = Texts(Definition.OKActions);
        return members;
    }

    private static void Add(JsonObject members, string name, string? value)
    {
        if (value is not null)
        {
            members[name] = value;
        }
    }

    private static void AddCount(JsonObject members, string name, int? value)
    {
        if (value is { } number)
        {
            members[name] = number;
        }
    }

    private static void AddNumber(JsonObject members, string name, double? value)
    {
        if (value is { } number)
        {
            members[name] = JsonNode.Parse(JavaNumbers.Format(number));
        }
    }

    internal static JsonArray Texts(IReadOnlyList<string> texts) => new([.. texts.Select(static text => (JsonNode)text)]);

    private static JsonObject MetricDimension(MetricDimension dimension) =>
        new() { ["name"] = dimension.Name, ["value"] = dimension.Value };

    private void AddQueries(JsonObject members)
    {
        if (Definition.Metrics.Count == 0)
        {
            members["period"] = (int?)Definition.Period?.TotalSeconds;
            members["dimensions"] = new JsonArray([.. Definition.Dimensions.Select(MetricDimension)]);
            return;
        }

        members["metrics"] = JsonNode.Parse(Definition.ToJson())!["Metrics"]!.DeepClone();
    }
}
