using CloudObserve.Local;
using CloudObserve.Metrics;

namespace CloudObserve.Monitoring.Alarms.Definitions;

/// <summary>Reads the JSON input of PutMetricAlarm.</summary>
internal static class AlarmDefinitionReader
{
    internal static AlarmDefinition Read(string json) => JsonMembers.Read(json, Read);

    /// <summary>Reads the members of PutMetricAlarm's input.</summary>
    internal static AlarmDefinition Read(JsonMembers members)
    {
        RejectQueryLanguage(members);
        return new AlarmDefinition
        {
            AlarmName = members.Text("AlarmName") ?? "",
            AlarmDescription = members.Text("AlarmDescription"),
            ActionsEnabled = members.Boolean("ActionsEnabled") ?? true,
            OKActions = members.Texts("OKActions"),
            AlarmActions = members.Texts("AlarmActions"),
            InsufficientDataActions = members.Texts("InsufficientDataActions"),
            MetricName = members.Text("MetricName"),
            Namespace = members.Text("Namespace"),
            Statistic = members.Text("Statistic"),
            ExtendedStatistic = members.Text("ExtendedStatistic"),
            Dimensions = members.Objects("Dimensions", ReadDimension),
            Period = members.Seconds("Period"),
            Unit = members.Text("Unit"),
            EvaluationPeriods = members.Integer("EvaluationPeriods"),
            DatapointsToAlarm = members.Integer("DatapointsToAlarm"),
            Threshold = members.Number("Threshold"),
            ComparisonOperator = members.Text("ComparisonOperator"),
            TreatMissingData = members.Text("TreatMissingData"),
            EvaluateLowSampleCountPercentile = members.Text("EvaluateLowSampleCountPercentile"),
            MinimumSampleCount = members.Integer("MinimumSampleCount"),
            Metrics = members.Objects("Metrics", ReadQuery),
            ThresholdMetricId = members.Text("ThresholdMetricId"),
            Tags = Tags(members),
        };
    }

    internal static IReadOnlyDictionary<string, string> Tags(JsonMembers members)
    {
        Dictionary<string, string> tags = new(StringComparer.Ordinal);
        foreach ((string key, string value) in members.Objects("Tags", static tag => (tag.Text("Key") ?? "", tag.Text("Value") ?? "")))
        {
            if (!tags.TryAdd(key, value))
            {
                members.Fault($"Tags has the key '{key}' more than once.");
            }
        }

        return tags;
    }

    // CloudWatch has alarms over PromQL queries too. Their evaluation is another one, so they are refused by name.
    private static void RejectQueryLanguage(JsonMembers members)
    {
        if (members.Has("EvaluationCriteria") || members.Has("EvaluationInterval"))
        {
            members.Fault("EvaluationCriteria and EvaluationInterval define alarms over PromQL queries, which are not supported.");
        }
    }

    private static MetricDimension ReadDimension(JsonMembers members) => new(members.Text("Name") ?? "", members.Text("Value") ?? "");

    // Members that are absent are read as empty texts. The validator reports them.
    private static MetricDataQuery ReadQuery(JsonMembers members) => new()
    {
        Id = members.Text("Id") ?? "",
        MetricStat = members.Object("MetricStat", ReadStat),
        Expression = members.Text("Expression"),
        Label = members.Text("Label"),
        ReturnData = members.Boolean("ReturnData") ?? true,
        Period = members.Seconds("Period"),
        AccountId = members.Text("AccountId"),
    };

    private static MetricStat ReadStat(JsonMembers members) => new()
    {
        Metric = members.Object("Metric", ReadMetric) ?? new MetricIdentifier("", ""),
        Period = members.Seconds("Period") ?? TimeSpan.Zero,
        Stat = members.Text("Stat") ?? "",
        Unit = members.Text("Unit"),
    };

    private static MetricIdentifier ReadMetric(JsonMembers members) =>
        new(members.Text("Namespace") ?? "", members.Text("MetricName") ?? "", members.Objects("Dimensions", ReadDimension));
}
