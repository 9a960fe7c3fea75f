using CloudObserve.Local;
using CloudObserve.Metrics;

namespace CloudObserve.Monitoring.Alarms.Definitions;

/// <summary>Checks the lengths, sizes and names of alarm definitions, as CloudWatch's API model states them.</summary>
internal static class AlarmConstraints
{
    internal const int MaxName = 255;
    internal const int MaxDescription = 1024;

    private const int MaxActions = 5;
    private const int MaxActionLength = 1024;
    private const int MaxDimensions = 30;
    private const int MaxDimensionValue = 1024;
    private const int MaxExpression = 2048;
    private const int MaxTagKey = 128;
    private const int MaxTagValue = 256;
    private const string NamespacePattern = "[^:].*";

    internal static string? Check(AlarmDefinition definition)
    {
        Constraints constraints = new();
        constraints.RequiredLength("alarmName", definition.AlarmName, MaxName);
        constraints.Length("alarmDescription", definition.AlarmDescription, 0, MaxDescription);
        CheckActions(constraints, definition.OKActions, definition.AlarmActions, definition.InsufficientDataActions);
        constraints.Length("metricName", definition.MetricName, 1, MaxName);
        CheckNamespace(constraints, "namespace", definition.Namespace);
        constraints.OneOf("statistic", definition.Statistic, AlarmNames.Statistics);
        CheckDimensions(constraints, "dimensions", definition.Dimensions);
        constraints.Positive("period", definition.Period?.TotalSeconds);
        constraints.OneOf("unit", definition.Unit, AlarmNames.Units);
        constraints.Positive("evaluationPeriods", definition.EvaluationPeriods);
        constraints.Positive("datapointsToAlarm", definition.DatapointsToAlarm);
        constraints.OneOf("comparisonOperator", definition.ComparisonOperator, AlarmNames.Comparisons);
        constraints.Length("treatMissingData", definition.TreatMissingData, 1, MaxName);
        constraints.Length("evaluateLowSampleCountPercentile", definition.EvaluateLowSampleCountPercentile, 1, MaxName);
        constraints.Positive("minimumSampleCount", definition.MinimumSampleCount);
        CheckQueries(constraints, definition.Metrics);
        CheckTags(constraints, definition.Tags);
        constraints.Length("thresholdMetricId", definition.ThresholdMetricId, 1, MaxName);
        return constraints.Message();
    }

    internal static void CheckActions(
        Constraints constraints, IReadOnlyList<string> ok, IReadOnlyList<string> alarm, IReadOnlyList<string> insufficientData)
    {
        CheckActions(constraints, "oKActions", ok);
        CheckActions(constraints, "alarmActions", alarm);
        CheckActions(constraints, "insufficientDataActions", insufficientData);
    }

    internal static void CheckTags(Constraints constraints, IReadOnlyDictionary<string, string> tags)
    {
        int i = 0;
        foreach ((string key, string value) in tags)
        {
            i++;
            constraints.Length($"tags.{i}.member.key", key, 1, MaxTagKey);
            constraints.Length($"tags.{i}.member.value", value, 0, MaxTagValue);
        }
    }

    private static void CheckActions(Constraints constraints, string member, IReadOnlyList<string> actions)
    {
        constraints.Size(member, actions, MaxActions);
        for (int i = 0; i < actions.Count; i++)
        {
            constraints.Length($"{member}.{i + 1}.member", actions[i], 1, MaxActionLength);
        }
    }

    private static void CheckNamespace(Constraints constraints, string member, string? value)
    {
        constraints.Length(member, value, 1, MaxName);
        constraints.Pattern(member, value, value?.StartsWith(':') == false, NamespacePattern);
    }

    private static void CheckDimensions(Constraints constraints, string member, IReadOnlyList<MetricDimension> dimensions)
    {
        constraints.Size(member, [.. dimensions.Select(static dimension => dimension.ToString())], MaxDimensions);
        for (int i = 0; i < dimensions.Count; i++)
        {
            constraints.RequiredLength($"{member}.{i + 1}.member.name", dimensions[i].Name, MaxName);
            constraints.RequiredLength($"{member}.{i + 1}.member.value", dimensions[i].Value, MaxDimensionValue);
        }
    }

    private static void CheckQueries(Constraints constraints, IReadOnlyList<MetricDataQuery> queries)
    {
        for (int i = 0; i < queries.Count; i++)
        {
            MetricDataQuery query = queries[i];
            string member = $"metrics.{i + 1}.member";
            constraints.RequiredLength($"{member}.id", query.Id, MaxName);
            constraints.Length($"{member}.expression", query.Expression, 1, MaxExpression);
            constraints.Length($"{member}.accountId", query.AccountId, 1, MaxName);
            constraints.Positive($"{member}.period", query.Period?.TotalSeconds);
            if (query.MetricStat is { } stat)
            {
                CheckStat(constraints, $"{member}.metricStat", stat);
            }
        }
    }

    private static void CheckStat(Constraints constraints, string member, MetricStat stat)
    {
        constraints.Required($"{member}.metric.namespace", stat.Metric.Namespace.Length > 0);
        CheckNamespace(constraints, $"{member}.metric.namespace", stat.Metric.Namespace.Length > 0 ? stat.Metric.Namespace : null);
        constraints.RequiredLength($"{member}.metric.metricName", stat.Metric.MetricName, MaxName);
        CheckDimensions(constraints, $"{member}.metric.dimensions", stat.Metric.Dimensions);
        constraints.Required($"{member}.period", stat.Period != TimeSpan.Zero);
        constraints.Positive($"{member}.period", stat.Period == TimeSpan.Zero ? null : stat.Period.TotalSeconds);
        constraints.Required($"{member}.stat", stat.Stat.Length > 0);
        constraints.OneOf($"{member}.unit", stat.Unit, AlarmNames.Units);
    }
}
