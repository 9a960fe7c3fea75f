using System.Text.RegularExpressions;
using CloudObserve.Local;
using CloudObserve.Monitoring.Expressions.Queries;

namespace CloudObserve.Monitoring.Alarms.Definitions;

/// <summary>Checks the queries of an alarm on metric math or on a band.</summary>
internal static partial class AlarmQueryRules
{
    private const int MaxMetrics = 10;
    private const int MaxExpressions = 10;

    internal static IEnumerable<string> Faults(AlarmDefinition definition)
    {
        string[] forms = [.. definition.Metrics.SelectMany(FormFaults), .. IdFaults(definition.Metrics)];
        return
        [
            .. PlainMetricFaults(definition),
            .. CountFaults(definition),
            .. forms,
            .. forms.Length == 0 ? ExpressionFaults(definition.Metrics) : [],
            .. PeriodFaults(definition),
        ];
    }

    private static IEnumerable<string> PlainMetricFaults(AlarmDefinition definition)
    {
        (string Name, bool IsSet)[] members =
        [
            ("MetricName", definition.MetricName is not null),
            ("Namespace", definition.Namespace is not null),
            ("Statistic", definition.Statistic is not null),
            ("ExtendedStatistic", definition.ExtendedStatistic is not null),
            ("Dimensions", definition.Dimensions.Count > 0),
            ("Period", definition.Period is not null),
            ("Unit", definition.Unit is not null),
        ];
        return members.Where(static member => member.IsSet)
            .Select(static member => $"{member.Name} should not be set if list of Metrics is set.");
    }

    // An alarm on a band watches two series: the metric and the band.
    private static IEnumerable<string> CountFaults(AlarmDefinition definition)
    {
        if (definition.Metrics.Count(static query => query.MetricStat is not null) > MaxMetrics)
        {
            yield return $"Too many metrics in alarm, maximum is {MaxMetrics}";
        }

        if (definition.Metrics.Count(static query => query.Expression is not null) > MaxExpressions)
        {
            yield return $"Too many expressions in alarm, maximum is {MaxExpressions}";
        }

        bool isBand = definition.ThresholdMetricId is not null || AlarmNames.BandComparisons.Contains(definition.ComparisonOperator);
        if (definition.Metrics.Count(static query => query.ReturnData) != (isBand ? 2 : 1))
        {
            yield return isBand
                ? "Exactly two elements of the metrics list should return data."
                : "Exactly one element of the metrics list should return data.";
        }
    }

    private static IEnumerable<string> FormFaults(MetricDataQuery query)
    {
        if (query is { Expression: not null, MetricStat: not null })
        {
            yield return "The parameters MetricDataQuery Expression and MetricStat are mutually exclusive and you have specified both.";
        }
        else if (query is { Expression: null, MetricStat: null })
        {
            yield return "At least one of the parameters MetricDataQuery Expression and MetricStat must be specified.";
        }

        if (query.Expression is { } expression && Search().IsMatch(Quoted().Replace(expression, "''")))
        {
            yield return "SEARCH is not supported on Metric Alarms.";
        }

        if (query.MetricStat is { Stat.Length: > 0 } stat && !StatisticSyntax.IsValid(stat.Stat))
        {
            yield return $"The value {stat.Stat} for parameter MetricStat.Stat is not supported.";
        }

        TimeSpan? period = query.Period ?? query.MetricStat?.Period;
        if (period > TimeSpan.Zero && !AlarmDefinitionValidator.IsPeriod(period.Value))
        {
            yield return AlarmDefinitionValidator.InvalidPeriod;
        }
    }

    private static IEnumerable<string> IdFaults(IReadOnlyList<MetricDataQuery> queries)
    {
        for (int i = 0; i < queries.Count; i++)
        {
            if (queries[i].Id.Length > 0 && !Id().IsMatch(queries[i].Id))
            {
                yield return $"The value for parameter Metrics.member.{i + 1}.Id is not matching the expected pattern "
                    + "^[a-z][a-zA-Z0-9_]*$.";
            }
        }

        if (queries.Select(static query => query.Id).Distinct(StringComparer.Ordinal).Count() < queries.Count)
        {
            yield return "The values for parameter id in Metrics are not unique.";
        }
    }

    // Compiles the expressions, and finds unknown ids, cycles and results of the wrong type.
    private static string[] ExpressionFaults(IReadOnlyList<MetricDataQuery> queries)
    {
        try
        {
            _ = QueryPlan.Create(queries);
            return [];
        }
        catch (CloudWatchException exception)
        {
            return [exception.Message];
        }
    }

    // CloudWatch says so if an expression has neither a period of its own nor a metric with one.
    private static IEnumerable<string> PeriodFaults(AlarmDefinition definition) =>
        AlarmPeriods.Of(definition) is null ? ["Period must not be null"] : [];

    [GeneratedRegex(@"\bSEARCH\s*\(", RegexOptions.IgnoreCase)]
    private static partial Regex Search();

    [GeneratedRegex("""'[^']*'|"[^"]*""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^[a-z][a-zA-Z0-9_]*\z")]
    private static partial Regex Id();
}
