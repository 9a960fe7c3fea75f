using CloudObserve.Local;
using CloudObserve.Monitoring.Alarms.Definitions;
using CloudObserve.Monitoring.Alarms.Evaluation;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>Evaluates an alarm over the stored data of a time range.</summary>
internal sealed class StoredBacktest(AlarmPlan plan, EmbeddedCloudWatch cloudWatch, TimeProvider timeProvider)
{
    private const int MaxPeriods = 1_000_000;

    /// <exception cref="CloudWatchException">The data cannot be read, or the time range has too many periods.</exception>
    internal IReadOnlyList<AlarmTransition> Run(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        List<AlarmTransition> transitions = [];
        if (to < from)
        {
            return transitions;
        }

        if ((to - from) / plan.Period > MaxPeriods)
        {
            throw RequestRules.Invalid($"The time range has more than {MaxPeriods} periods");
        }

        // Periods begin at full minutes in the store, or at multiples of a shorter period.
        TimeSpan step = plan.Period < TimeSpan.FromMinutes(1) ? plan.Period : TimeSpan.FromMinutes(1);
        DateTimeOffset first = new(from.UtcTicks - (from.UtcTicks % step.Ticks), TimeSpan.Zero);
        foreach (AlarmBacktestStep evaluated in Steps(first, to))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (evaluated.Transition is { } transition)
            {
                transitions.Add(transition);
            }
        }

        return transitions;
    }

    private IEnumerable<AlarmBacktestStep> Steps(DateTimeOffset from, DateTimeOffset to)
    {
        AlarmDefinition definition = plan.Definition;
        if (IsOnOneGrid(definition))
        {
            Dictionary<string, IReadOnlyCollection<AlarmDatapoint>> metrics = definition.Metrics
                .Where(static query => query.MetricStat is not null)
                .ToDictionary(
                    static query => query.Id,
                    query => (IReadOnlyCollection<AlarmDatapoint>)MetricOf(query.MetricStat!, from, to),
                    StringComparer.Ordinal);
            return AlarmBacktest.Evaluate(definition, metrics, from, to);
        }

        return AlarmBacktest.Evaluate(definition, Watched(from, to), from, to);
    }

    // The expressions of such an alarm are evaluated again for each evaluation. A band and a query of Metrics Insights are not.
    private bool IsOnOneGrid(AlarmDefinition definition) =>
        plan.IsMath && !plan.IsBand
        && AlarmPeriods.Watched(definition)?.Expression is not null
        && definition.Metrics.Any(static query => query.MetricStat is not null)
        && definition.Metrics.All(query => query.MetricStat is { } stat ? stat.Period == plan.Period : !IsSelection(query));

    private static bool IsSelection(MetricDataQuery query) =>
        query.Expression?.TrimStart().StartsWith("SELECT", StringComparison.OrdinalIgnoreCase) == true;

    private AlarmDatapoint[] MetricOf(MetricStat stat, DateTimeOffset from, DateTimeOffset to)
    {
        AlarmDefinition metric = new()
        {
            AlarmName = "backtest",
            Namespace = stat.Metric.Namespace,
            MetricName = stat.Metric.MetricName,
            Dimensions = stat.Metric.Dimensions,
            Unit = stat.Unit,
            Period = stat.Period,
            Statistic = Definitions.AlarmNames.Statistics.Contains(stat.Stat) ? stat.Stat : null,
            ExtendedStatistic = Definitions.AlarmNames.Statistics.Contains(stat.Stat) ? null : stat.Stat,
            EvaluationPeriods = 1,
            ComparisonOperator = "GreaterThanThreshold",
            Threshold = 0,
        };
        return Read(AlarmPlan.Of(metric), from, to);
    }

    private AlarmDatapoint[] Watched(DateTimeOffset from, DateTimeOffset to)
    {
        if (!plan.IsMath)
        {
            return Read(plan, from, to);
        }

        MetricAlarmEntry entry = EntryOf(plan);
        MathRead read = new(entry, plan, new MetricQueries(cloudWatch, timeProvider));
        if (read.IsOverSeveral)
        {
            throw RequestRules.Invalid("An alarm over several time series has no backtest");
        }

        int periods = PeriodsOf(from, to);
        return read.Window(cloudWatch, EndOf(from, periods), periods, timeProvider.GetUtcNow());
    }

    private AlarmDatapoint[] Read(AlarmPlan metric, DateTimeOffset from, DateTimeOffset to)
    {
        int periods = PeriodsOf(from, to);
        return MetricRead.Window(cloudWatch, metric, EndOf(from, periods), periods, timeProvider.GetUtcNow());
    }

    // The periods of the evaluation range before the first evaluation, and those until the last one.
    private int PeriodsOf(DateTimeOffset from, DateTimeOffset to) => plan.EvaluationRange + (int)((to - from) / plan.Period);

    private DateTimeOffset EndOf(DateTimeOffset from, int periods) => from + (plan.Period * (periods - plan.EvaluationRange));

    private static MetricAlarmEntry EntryOf(AlarmPlan alarm) => new(alarm, "")
    {
        State = new History.AlarmSnapshot(AlarmState.InsufficientData, AlarmReason.Initial, null, default),
        ConfigurationUpdated = default,
    };
}
