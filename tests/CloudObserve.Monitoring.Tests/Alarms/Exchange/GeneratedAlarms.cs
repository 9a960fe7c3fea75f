using CloudObserve.Local;
using CloudObserve.Metrics;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Monitoring.Tests.Alarms.Exchange;

/// <summary>Generates sets of valid alarms.</summary>
internal static class GeneratedAlarms
{
    private static readonly string[] Texts =
        ["orders", "Zahlung über 3 €", "a:b", "x \"quoted\" \\ <b>", "line\u00a0two", "A-1", "a-1", "1"];
    private static readonly string[] Topics = ["arn:aws:sns:eu-west-1:111122223333:ops", "arn:aws:sns:eu-west-1:111122223333:dev"];

    internal static Gen<AlarmDefinitions> Sets() =>
        from count in Gen.Choose(1, 6)
        from metric in Metric().ArrayOf(count)
        from composite in Composite().ArrayOf(3)
        select Named(metric, composite);

    // Names are unique, but similar: their logical ids and their keys without case would be the same.
    private static AlarmDefinitions Named(AlarmDefinition[] metric, CompositeAlarmDefinition[] composite)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        AlarmDefinition[] alarms = [.. metric.Where(alarm => names.Add(alarm.AlarmName))];
        List<CompositeAlarmDefinition> composites = [];
        foreach (CompositeAlarmDefinition alarm in composite.Where(alarm => names.Add(alarm.AlarmName)))
        {
            string[] children = [.. alarms.Select(static a => a.AlarmName), .. composites.Select(static a => a.AlarmName)];
            composites.Add(alarm with
            {
                AlarmRule = string.Join(" OR ", children.Select(Quoted)),
                ActionsSuppressor = alarm.ActionsSuppressor is null ? null : children[0],
            });
        }

        // The order of a template is not that of the dependencies.
        return new AlarmDefinitions { MetricAlarms = alarms, CompositeAlarms = [.. composites.AsEnumerable().Reverse()] };
    }

    private static string Quoted(string name) =>
        $"ALARM(\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\")";

    private static Gen<string[]> Actions() => Gen.SubListOf(Topics).Select(static topics => topics.ToArray());

    private static Gen<IReadOnlyDictionary<string, string>> Tags() =>
        Gen.SubListOf(Texts).Select(static keys =>
            (IReadOnlyDictionary<string, string>)keys.ToDictionary(static key => key, static key => $"{key}=1"));

    private static Gen<T?> Maybe<T>(params T[] values)
        where T : struct => Gen.Elements<T?>([null, .. values.Select(static value => (T?)value)]);

    private static Gen<string?> MaybeText(params string[] values) => Gen.Elements<string?>([null, .. values]);

    private static Gen<MetricStat> Stat(TimeSpan period) =>
        from name in Gen.Elements(Texts)
        from stat in Gen.Elements("Sum", "Average", "p99.9", "TM(2%:98%)")
        from dimensions in Gen.SubListOf("Region", "Shop")
        from unit in MaybeText("Count", "Bytes/Second")
        select new MetricStat
        {
            Metric = new MetricIdentifier("Shop", name, [.. dimensions.Select(static d => new MetricDimension(d, "eu"))]),
            Period = period,
            Stat = stat,
            Unit = unit,
        };

    private static Gen<AlarmDefinition> Metric() =>
        from name in Gen.Elements(Texts)
        from description in MaybeText("", "p99 of <checkout> & \"more\"")
        from enabled in Gen.Elements(true, false)
        from actions in Actions().Three()
        from periods in Gen.Choose(1, 10)
        from datapoints in Gen.Choose(0, periods)
        from missing in MaybeText("missing", "ignore", "breaching", "notBreaching")
        from samples in Maybe(1, 100)
        from tags in Tags()
        from seconds in Gen.Elements(10, 60, 300)
        from alarm in Gen.OneOf(Plain(seconds), Math(seconds), Band(seconds))
        select alarm with
        {
            AlarmName = name,
            AlarmDescription = description,
            ActionsEnabled = enabled,
            OKActions = actions.Item1,
            AlarmActions = actions.Item2,
            InsufficientDataActions = actions.Item3,
            EvaluationPeriods = periods,
            DatapointsToAlarm = datapoints == 0 ? null : datapoints,
            TreatMissingData = missing,
            MinimumSampleCount = samples,
            Tags = tags,
        };

    private static Gen<AlarmDefinition> Plain(int seconds) =>
        from stat in Stat(TimeSpan.FromSeconds(seconds))
        from threshold in Gen.Elements(0, -1.5, 1e-7, 123456789.125)
        from low in MaybeText("evaluate", "ignore")
        let isBasic = stat.Stat is "Sum" or "Average"
        select new AlarmDefinition
        {
            Namespace = stat.Metric.Namespace,
            MetricName = stat.Metric.MetricName,
            Dimensions = stat.Metric.Dimensions,
            Statistic = isBasic ? stat.Stat : null,
            ExtendedStatistic = isBasic ? null : stat.Stat,
            EvaluateLowSampleCountPercentile = stat.Stat == "p99.9" ? low : null,
            Period = stat.Period,
            Unit = stat.Unit,
            Threshold = threshold,
            ComparisonOperator = "LessThanOrEqualToThreshold",
        };

    private static Gen<AlarmDefinition> Math(int seconds) =>
        from stat in Stat(TimeSpan.FromSeconds(seconds))
        from label in MaybeText("rate of \"all\"", "${MAX}")
        select new AlarmDefinition
        {
            Metrics =
            [
                new MetricDataQuery { Id = "e1", Expression = "100 * m1 / 2", Label = label, Period = stat.Period },
                new MetricDataQuery { Id = "m1", MetricStat = stat, ReturnData = false },
            ],
            Threshold = 5,
            ComparisonOperator = "GreaterThanThreshold",
        };

    private static Gen<AlarmDefinition> Band(int seconds) =>
        from stat in Stat(TimeSpan.FromSeconds(seconds))
        from factor in Gen.Elements("", ", 3.5")
        from isMath in Gen.Elements(true, false)
        select new AlarmDefinition
        {
            Metrics =
            [
                new MetricDataQuery { Id = "m1", MetricStat = stat, ReturnData = !isMath },
                .. isMath ? [new MetricDataQuery { Id = "e1", Expression = "m1 * 2" }] : Array.Empty<MetricDataQuery>(),
                new MetricDataQuery { Id = "ad1", Expression = $"ANOMALY_DETECTION_BAND({(isMath ? "e1" : "m1")}{factor})" },
            ],
            ThresholdMetricId = "ad1",
            ComparisonOperator = "LessThanLowerOrGreaterThanUpperThreshold",
        };

    private static Gen<CompositeAlarmDefinition> Composite() =>
        from name in Gen.Elements("all", "a.l.l", "ALL", "none")
        from description in MaybeText("", "everything")
        from enabled in Gen.Elements(true, false)
        from actions in Actions().Three()
        from isSuppressed in Gen.Elements(true, false)
        from tags in Tags()
        select new CompositeAlarmDefinition
        {
            AlarmName = name,
            AlarmDescription = description,
            ActionsEnabled = enabled,
            OKActions = actions.Item1,
            AlarmActions = actions.Item2,
            InsufficientDataActions = actions.Item3,
            ActionsSuppressor = isSuppressed ? "" : null,
            ActionsSuppressorWaitPeriod = isSuppressed ? TimeSpan.FromSeconds(60) : null,
            ActionsSuppressorExtensionPeriod = isSuppressed ? TimeSpan.Zero : null,
            Tags = tags,
        };
}
