using CloudObserve.Local;
using CloudObserve.Monitoring.Alarms.Evaluation;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>Says what an explanation must tell about the units of the data.</summary>
/// <remarks>
/// An alarm with a unit uses only data with this unit, so a wrong one means that it never has data. An alarm without a unit uses one unit
/// for each period, so several of them mix values that cannot be compared.
/// </remarks>
internal static class UnitRemarks
{
    // The limit of GetMetricStatistics.
    private const int MaxDatapoints = 1440;

    // CloudWatch keeps data of periods below a minute for three hours, and answers an earlier start with nothing.
    private static readonly TimeSpan HighResolutionAge = TimeSpan.FromHours(3);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Returns a sentence for each metric whose units matter.</summary>
    /// <param name="cloudWatch">The stored data.</param>
    /// <param name="plan">The alarm.</param>
    /// <param name="end">The end of the evaluation range.</param>
    /// <param name="now">The time.</param>
    internal static IEnumerable<string> Of(EmbeddedCloudWatch cloudWatch, AlarmPlan plan, DateTimeOffset end, DateTimeOffset now)
    {
        DateTimeOffset start = end - (plan.Period * plan.EvaluationRange);
        return Metrics(plan).Select(stat => Of(stat, UnitsOf(cloudWatch, stat, start, end, now))).OfType<string>();
    }

    private static IEnumerable<MetricStat> Metrics(AlarmPlan plan) => plan.IsMath
        ? plan.Definition.Metrics.Select(static query => query.MetricStat).OfType<MetricStat>()
        : [MetricRead.StatOf(plan)];

    private static string? Of(MetricStat stat, string[] units)
    {
        string metric = $"The metric {stat.Metric.MetricName}";
        string[] others = [.. units.Where(unit => unit != stat.Unit)];
        return stat.Unit switch
        {
            null when units.Length > 1 => $"{metric} has data with the units {List(units)}. Without Unit, the alarm uses one of them for each "
                + $"period, the first by name.",
            null => null,
            _ when others.Length == 0 => null,
            { } unit when others.Length == units.Length => $"{metric} has no data with the unit {unit}, which the alarm names, but with "
                + $"{List(others)}. So it has no datapoints.",
            { } unit => $"{metric} also has data with the unit {List(others)}, which the alarm does not use, because it names {unit}.",
        };
    }

    private static string List(string[] units) =>
        units.Length == 1 ? units[0] : $"{string.Join(", ", units[..^1])} and {units[^1]}";

    private static string[] UnitsOf(
        EmbeddedCloudWatch cloudWatch, MetricStat stat, DateTimeOffset start, DateTimeOffset end, DateTimeOffset now)
    {
        DateTimeOffset earliest = end - (stat.Period * MaxDatapoints);
        earliest = stat.Period < Minute && now - HighResolutionAge > earliest ? now - HighResolutionAge : earliest;
        return start >= end ? [] :
        [
            .. cloudWatch.GetMetricStatistics(new GetMetricStatisticsRequest
            {
                Metric = stat.Metric,
                Period = stat.Period,
                Statistics = ["SampleCount"],
                StartTime = start < earliest ? earliest : start,
                EndTime = end,
            }).Datapoints.Select(static datapoint => datapoint.Unit).Distinct().Order(StringComparer.Ordinal),
        ];
    }
}
