using System.Buffers;
using CloudObserve.Local;
using CloudObserve.Monitoring.Alarms.Evaluation;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>Reads a statistic of a metric for all alarms that watch it with the same period, unit and cadence.</summary>
/// <remarks>
/// An evaluation that changes no state allocates nothing, if the period is not longer than that of the stored datapoints.
/// </remarks>
/// <threadsafety>One thread at a time may use an instance.</threadsafety>
internal sealed class MetricRead : IAlarmRead
{
    // The datapoints that are read at once, which bounds the memory of a long time range.
    private const int MaxDatapoints = 1440;

    // CloudWatch keeps data of periods below a minute for three hours. It answers an earlier start with nothing.
    private static readonly TimeSpan HighResolutionAge = TimeSpan.FromHours(3);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly (MetricAlarmEntry Alarm, AlarmPlan Plan)[] _alarms;
    private readonly int _range;

    // Created with the first evaluation, whose faults are reported.
    private MetricStatReader? _reader;

    private MetricRead((MetricAlarmEntry Alarm, AlarmPlan Plan)[] alarms)
    {
        _alarms = alarms;
        _range = alarms.Max(static pair => pair.Plan.EvaluationRange);
    }

    /// <inheritdoc/>
    public TimeSpan Cadence => _alarms[0].Plan.Cadence;

    /// <inheritdoc/>
    public IEnumerable<(MetricAlarmEntry Alarm, AlarmPlan Plan)> Alarms => _alarms;

    /// <summary>Groups alarms on plain metrics by what they read.</summary>
    internal static IEnumerable<MetricRead> Plan(IEnumerable<(MetricAlarmEntry Alarm, AlarmPlan Plan)> alarms) =>
        from alarm in alarms
        group alarm by KeyOf(alarm.Plan) into same
        select new MetricRead([.. same]);

    /// <inheritdoc/>
    public void Evaluate(EmbeddedCloudWatch cloudWatch, AlarmTable table, DateTimeOffset now)
    {
        AlarmPlan plan = _alarms[0].Plan;
        _reader ??= ReaderOf(cloudWatch, plan);
        AlarmDatapoint[] rented = ArrayPool<AlarmDatapoint>.Shared.Rent(_range);
        try
        {
            Fill(rented.AsSpan(0, _range), _reader, plan.NewestEnd(now), now);
            foreach ((MetricAlarmEntry alarm, AlarmPlan own) in _alarms)
            {
                table.Evaluate(alarm, own, rented.AsSpan(0, own.EvaluationRange), now);
            }
        }
        finally
        {
            ArrayPool<AlarmDatapoint>.Shared.Return(rented);
        }
    }

    /// <summary>Returns the periods that an evaluation of an alarm at a time reads, the newest first.</summary>
    /// <exception cref="CloudWatchException">The data cannot be read.</exception>
    internal static AlarmDatapoint[] Window(EmbeddedCloudWatch cloudWatch, AlarmPlan plan, DateTimeOffset now) =>
        Window(cloudWatch, plan, plan.NewestEnd(now), plan.EvaluationRange, now);

    /// <summary>Returns a number of periods of an alarm's metric before a time, the newest first.</summary>
    /// <exception cref="CloudWatchException">The data cannot be read.</exception>
    internal static AlarmDatapoint[] Window(
        EmbeddedCloudWatch cloudWatch, AlarmPlan plan, DateTimeOffset end, int periods, DateTimeOffset now)
    {
        AlarmDatapoint[] window = new AlarmDatapoint[periods];
        Fill(window, ReaderOf(cloudWatch, plan), end, now);
        return window;
    }

    /// <summary>Returns what an alarm on a plain metric reads.</summary>
    internal static MetricStat StatOf(AlarmPlan plan) => new()
    {
        Metric = new MetricIdentifier(plan.Definition.Namespace!, plan.Definition.MetricName!, plan.Definition.Dimensions),
        Period = plan.Period,
        Stat = StatisticOf(plan.Definition),
        Unit = plan.Definition.Unit,
    };

    private static (string, string, string, string?, string, TimeSpan, TimeSpan) KeyOf(AlarmPlan plan)
    {
        AlarmDefinition definition = plan.Definition;
        string dimensions = string.Join(
            '\0', definition.Dimensions.OrderBy(static d => d.Name, StringComparer.Ordinal).Select(static d => $"{d.Name}\u0001{d.Value}"));
        return (
            definition.Namespace!, definition.MetricName!, dimensions, definition.Unit, StatisticOf(definition), plan.Period, plan.Cadence);
    }

    private static string StatisticOf(AlarmDefinition definition) => definition.Statistic ?? definition.ExtendedStatistic!;

    private static MetricStatReader ReaderOf(EmbeddedCloudWatch cloudWatch, AlarmPlan plan) =>
        cloudWatch.CreateMetricStatReader(StatOf(plan));

    private static void Fill(Span<AlarmDatapoint> window, MetricStatReader reader, DateTimeOffset end, DateTimeOffset now)
    {
        TimeSpan period = reader.Stat.Period;
        for (int i = 0; i < window.Length; i++)
        {
            window[i] = new AlarmDatapoint(end - (period * (i + 1)), null);
        }

        DateTimeOffset start = end - (period * window.Length);
        while (period < Minute && start < end && now - start > HighResolutionAge)
        {
            start += period;
        }

        int most = Math.Min(window.Length, MaxDatapoints);
        double[] rented = ArrayPool<double>.Shared.Rent(2 * most);
        try
        {
            while (start < end)
            {
                int count = (int)Math.Min((end - start).Ticks / period.Ticks, most);
                Read(window, reader, start, end, rented.AsSpan(0, count), rented.AsSpan(most, count));
                start += period * count;
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    private static void Read(
        Span<AlarmDatapoint> window, MetricStatReader reader, DateTimeOffset start, DateTimeOffset end, Span<double> values,
        Span<double> samples)
    {
        long period = reader.Stat.Period.Ticks;
        DateTimeOffset time = reader.Read(start, values, samples).StartTime;
        for (int i = 0; i < values.Length; i++, time += reader.Stat.Period)
        {
            // A start long ago is rounded, so that a period can begin before the window.
            long index = ((end - time).Ticks / period) - 1;
            if (!double.IsNaN(values[i]) && index >= 0 && index < window.Length && window[(int)index].Value is null)
            {
                window[(int)index] = new AlarmDatapoint(time, values[i]) { SampleCount = samples[i] };
            }
        }
    }
}
