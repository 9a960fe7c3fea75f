using CloudObserve.Local;
using CloudObserve.Metrics;
using CloudObserve.Monitoring.Alarms.Definitions;
using CloudObserve.Monitoring.Alarms.Evaluation;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>Reads one metric for all alarms that watch it with the same period, unit and cadence.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class MetricRead : IAlarmRead
{
    // The limits of GetMetricStatistics.
    private const int MaxExtendedStatistics = 10;
    private const int MaxDatapoints = 1440;

    private const string SampleCount = "SampleCount";

    // CloudWatch keeps data of periods below a minute for three hours. It answers an earlier start with nothing.
    private static readonly TimeSpan HighResolutionAge = TimeSpan.FromHours(3);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly (MetricAlarmEntry Alarm, AlarmPlan Plan, string Statistic)[] _alarms;
    private readonly GetMetricStatisticsRequest _request;
    private readonly int _range;

    private MetricRead((MetricAlarmEntry Alarm, AlarmPlan Plan)[] alarms)
    {
        _alarms = [.. alarms.Select(static pair => (pair.Alarm, pair.Plan, StatisticOf(pair.Plan.Definition)))];
        _range = alarms.Max(static pair => pair.Plan.EvaluationRange);
        string[] statistics = [.. _alarms.Select(static alarm => alarm.Statistic).Append(SampleCount).Distinct()];
        AlarmDefinition first = alarms[0].Plan.Definition;
        _request = new GetMetricStatisticsRequest
        {
            Metric = new MetricIdentifier(first.Namespace!, first.MetricName!, first.Dimensions),
            Period = alarms[0].Plan.Period,
            Unit = first.Unit,
            Statistics = [.. statistics.Where(AlarmNames.Statistics.Contains)],
            ExtendedStatistics = [.. statistics.Where(static statistic => !AlarmNames.Statistics.Contains(statistic))],
            StartTime = default,
            EndTime = default,
        };
    }

    /// <inheritdoc/>
    public TimeSpan Cadence => _alarms[0].Plan.Cadence;

    /// <inheritdoc/>
    public IEnumerable<(MetricAlarmEntry Alarm, AlarmPlan Plan)> Alarms => _alarms.Select(static alarm => (alarm.Alarm, alarm.Plan));

    /// <summary>Groups alarms on plain metrics by what they read.</summary>
    internal static IEnumerable<MetricRead> Plan(IEnumerable<(MetricAlarmEntry Alarm, AlarmPlan Plan)> alarms) =>
        from alarm in alarms
        group alarm by KeyOf(alarm.Plan) into same
        from part in Parts([.. same])
        select new MetricRead(part);

    /// <inheritdoc/>
    public void Evaluate(EmbeddedCloudWatch cloudWatch, AlarmTable table, DateTimeOffset now)
    {
        AlarmPlan plan = _alarms[0].Plan;
        DateTimeOffset end = plan.NewestEnd(now);
        List<Datapoint> datapoints = Read(cloudWatch, end, now, _range);
        AlarmDatapoint[] window = new AlarmDatapoint[_range];
        foreach ((MetricAlarmEntry alarm, AlarmPlan own, string statistic) in _alarms)
        {
            Span<AlarmDatapoint> range = window.AsSpan(0, own.EvaluationRange);
            Fill(range, datapoints, statistic, end, plan.Period);
            table.Evaluate(alarm, own, range, now);
        }
    }

    /// <summary>Returns the periods that an evaluation of an alarm at a time reads, the newest first.</summary>
    /// <exception cref="CloudWatchException">The data cannot be read.</exception>
    internal static AlarmDatapoint[] Window(EmbeddedCloudWatch cloudWatch, MetricAlarmEntry alarm, AlarmPlan plan, DateTimeOffset now) =>
        Window(cloudWatch, alarm, plan, plan.NewestEnd(now), plan.EvaluationRange, now);

    /// <summary>Returns a number of periods of an alarm's metric before a time, the newest first.</summary>
    /// <exception cref="CloudWatchException">The data cannot be read.</exception>
    internal static AlarmDatapoint[] Window(
        EmbeddedCloudWatch cloudWatch, MetricAlarmEntry alarm, AlarmPlan plan, DateTimeOffset end, int periods, DateTimeOffset now)
    {
        MetricRead read = new([(alarm, plan)]);
        AlarmDatapoint[] window = new AlarmDatapoint[periods];
        Fill(window, read.Read(cloudWatch, end, now, periods), read._alarms[0].Statistic, end, plan.Period);
        return window;
    }

    private static (string, string, string, string?, TimeSpan, TimeSpan) KeyOf(AlarmPlan plan)
    {
        AlarmDefinition definition = plan.Definition;
        string dimensions = string.Join(
            '\0', definition.Dimensions.OrderBy(static d => d.Name, StringComparer.Ordinal).Select(static d => $"{d.Name}\u0001{d.Value}"));
        return (definition.Namespace!, definition.MetricName!, dimensions, definition.Unit, plan.Period, plan.Cadence);
    }

    private static IEnumerable<(MetricAlarmEntry Alarm, AlarmPlan Plan)[]> Parts((MetricAlarmEntry Alarm, AlarmPlan Plan)[] same)
    {
        string[] extended =
            [.. same.Select(static pair => pair.Plan.Definition.ExtendedStatistic).OfType<string>().Distinct()];
        return extended.Length <= MaxExtendedStatistics
            ? [same]
            : extended.Chunk(MaxExtendedStatistics)
                .Select(part => same.Where(pair => part.Contains(pair.Plan.Definition.ExtendedStatistic)).ToArray())
                .Append([.. same.Where(static pair => pair.Plan.Definition.ExtendedStatistic is null)])
                .Where(static part => part.Length > 0);
    }

    private static string StatisticOf(AlarmDefinition definition) => definition.Statistic ?? definition.ExtendedStatistic!;

    private List<Datapoint> Read(EmbeddedCloudWatch cloudWatch, DateTimeOffset end, DateTimeOffset now, int periods)
    {
        TimeSpan period = _request.Period;
        DateTimeOffset start = end - (period * periods);
        while (period < Minute && now - start > HighResolutionAge)
        {
            start += period;
        }

        List<Datapoint> datapoints = [];
        while (start < end)
        {
            DateTimeOffset partEnd = (end - start) / period > MaxDatapoints ? start + (period * MaxDatapoints) : end;
            datapoints.AddRange(cloudWatch.GetMetricStatistics(_request with { StartTime = start, EndTime = partEnd }).Datapoints);
            start = partEnd;
        }

        return datapoints;
    }

    // A time has the value of one unit, as in GetMetricData: the first one.
    private static void Fill(
        Span<AlarmDatapoint> window, List<Datapoint> datapoints, string statistic, DateTimeOffset end, TimeSpan period)
    {
        for (int i = 0; i < window.Length; i++)
        {
            window[i] = new AlarmDatapoint(end - (period * (i + 1)), null);
        }

        foreach (Datapoint datapoint in datapoints)
        {
            long index = ((end - datapoint.Timestamp).Ticks / period.Ticks) - 1;
            if (index >= 0 && index < window.Length && window[(int)index].Value is null && ValueOf(datapoint, statistic) is { } value)
            {
                window[(int)index] = new AlarmDatapoint(datapoint.Timestamp, value) { SampleCount = datapoint.SampleCount };
            }
        }
    }

    private static double? ValueOf(Datapoint datapoint, string statistic) => statistic switch
    {
        SampleCount => datapoint.SampleCount,
        "Average" => datapoint.Average,
        "Sum" => datapoint.Sum,
        "Minimum" => datapoint.Minimum,
        "Maximum" => datapoint.Maximum,
        _ => datapoint.ExtendedStatistics.TryGetValue(statistic, out double value) ? value : null,
    };
}
