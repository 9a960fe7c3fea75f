using CloudObserve.Local;
using CloudObserve.Monitoring.Alarms.Definitions;
using CloudObserve.Monitoring.Alarms.Evaluation;
using CloudObserve.Monitoring.Expressions.Queries;

namespace CloudObserve.Monitoring.Alarms.Exchange;

/// <summary>Writes the properties of the anomaly detector that the band of an alarm needs.</summary>
internal static class BandDetector
{
    /// <summary>Writes the properties of <c>AWS::CloudWatch::AnomalyDetector</c>.</summary>
    /// <returns><see langword="null"/> if the alarm has no band, or one whose series cannot be told from its expression.</returns>
    internal static string? Write(AlarmDefinition alarm)
    {
        if (alarm.ThresholdMetricId is not { } id || alarm.Metrics.FirstOrDefault(query => query.Id == id) is not { } band
            || !BandExpression.TryRead(band, out string watched, out _)
            || alarm.Metrics.FirstOrDefault(query => query.Id == watched) is not { } series)
        {
            return null;
        }

        return series.MetricStat is { } stat ? OfMetric(stat, series.AccountId) : OfExpression(alarm, series);
    }

    private static string OfMetric(MetricStat stat, string? account) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("SingleMetricAnomalyDetector");
        JsonText.WriteText(json, "AccountId", account);
        json.WriteString("Namespace", stat.Metric.Namespace);
        json.WriteString("MetricName", stat.Metric.MetricName);
        AlarmDefinitionWriter.WriteDimensions(json, stat.Metric.Dimensions);
        json.WriteString("Stat", stat.Stat);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    // The detector has the expression and what it uses, and only the expression returns data.
    private static string OfExpression(AlarmDefinition alarm, MetricDataQuery series)
    {
        QueryPlan plan = QueryPlan.Create(alarm.Metrics);
        int index = plan.Queries.First(query => query.Query.Id == series.Id).Index;
        HashSet<int> used = plan.ClosureOf([index]);
        MetricDataQuery[] queries = [.. plan.Queries.Where(query => used.Contains(query.Index))
            .Select(query => query.Query with { ReturnData = query.Index == index })];
        return JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("MetricMathAnomalyDetector");
            AlarmDefinitionWriter.WriteQueries(json, "MetricDataQueries", queries);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }
}
