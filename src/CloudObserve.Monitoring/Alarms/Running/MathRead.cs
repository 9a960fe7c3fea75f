using CloudObserve.Local;
using CloudObserve.Monitoring.Alarms.Definitions;
using CloudObserve.Monitoring.Alarms.Evaluation;
using CloudObserve.Monitoring.Expressions;
using CloudObserve.Monitoring.Expressions.Queries;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>Evaluates the queries of one alarm on metric math, on a band or on a query of Metrics Insights.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class MathRead : IAlarmRead
{
    private readonly MetricAlarmEntry _alarm;
    private readonly AlarmPlan _plan;
    private readonly MetricQueries _evaluator;
    private readonly QueryPlan _queries;
    private readonly int _watched;
    private readonly int? _band;

    internal MathRead(MetricAlarmEntry alarm, AlarmPlan plan, MetricQueries queries)
    {
        (_alarm, _plan, _evaluator) = (alarm, plan, queries);
        _queries = QueryPlan.Create(plan.Definition.Metrics);
        _watched = IndexOf(AlarmPeriods.Watched(plan.Definition)!.Id);
        _band = plan.Definition.ThresholdMetricId is { } band ? IndexOf(band) : null;
    }

    /// <inheritdoc/>
    public TimeSpan Cadence => _plan.Cadence;

    /// <inheritdoc/>
    public IEnumerable<(MetricAlarmEntry Alarm, AlarmPlan Plan)> Alarms => [(_alarm, _plan)];

    /// <summary>Gets a value indicating whether the alarm is over several time series.</summary>
    internal bool IsOverSeveral => _queries.Types[_watched] == MathType.Array;

    /// <inheritdoc/>
    public void Evaluate(EmbeddedCloudWatch cloudWatch, AlarmTable table, DateTimeOffset now)
    {
        DateTimeOffset end = _plan.NewestEnd(now);
        QueryEvaluation evaluation = Run(end, _plan.EvaluationRange, now);
        if (!IsOverSeveral)
        {
            table.Evaluate(_alarm, _plan, Window(cloudWatch, evaluation, end, _plan.EvaluationRange), now);
            return;
        }

        MetricSeries[] all = evaluation.ValueOf(_watched).Array;
        KeyValuePair<string, AlarmDatapoint[]>[] windows =
        [
            .. all.Take(SeriesEvaluation.MaxSeries).Select(one => KeyValuePair.Create(one.Label, Points(one, end, _plan.EvaluationRange))),
        ];
        bool isPartial = all.Length > windows.Length || evaluation.MessagesOf(_watched).Count > 0;
        table.EvaluateSeries(_alarm, _plan, windows, isPartial, now);
    }

    /// <summary>Returns a number of periods before a time, the newest first.</summary>
    /// <exception cref="CloudWatchException">The queries cannot be evaluated.</exception>
    internal AlarmDatapoint[] Window(EmbeddedCloudWatch cloudWatch, DateTimeOffset end, int periods, DateTimeOffset now) =>
        Window(cloudWatch, Run(end, periods, now), end, periods);

    private QueryEvaluation Run(DateTimeOffset end, int periods, DateTimeOffset now)
    {
        QueryRange range = new(end - (_plan.Period * periods), end, now);
        return _evaluator.Evaluate(_queries, range, _band is { } band ? [_watched, band] : [_watched]);
    }

    private AlarmDatapoint[] Window(EmbeddedCloudWatch cloudWatch, QueryEvaluation evaluation, DateTimeOffset end, int periods)
    {
        AlarmDatapoint[] window = Points(evaluation.ValueOf(_watched).Series, end, periods);
        if (_plan.MinSamples > 0)
        {
            AddSamples(cloudWatch, window, end);
        }

        // The lower edge comes first.
        if (_band is { } band && evaluation.ValueOf(band) is { Type: MathType.Array, Array: [var lower, var upper] })
        {
            for (int i = 0; i < window.Length; i++)
            {
                window[i] = window[i] with { LowerThreshold = At(lower, window[i].Time), UpperThreshold = At(upper, window[i].Time) };
            }
        }

        return window;
    }

    // The samples of a datapoint of an expression are those of the metric with the most of them.
    private void AddSamples(EmbeddedCloudWatch cloudWatch, AlarmDatapoint[] window, DateTimeOffset end)
    {
        IEnumerable<MetricStat?> used = _queries.ClosureOf([_watched]).Select(index => _queries.Queries[index].Query.MetricStat);
        foreach (MetricStat stat in used.OfType<MetricStat>())
        {
            IReadOnlyList<Datapoint> counts = cloudWatch.GetMetricStatistics(new GetMetricStatisticsRequest
            {
                Metric = stat.Metric,
                Period = stat.Period,
                Unit = stat.Unit,
                Statistics = ["SampleCount"],
                StartTime = window[^1].Time,
                EndTime = end,
            }).Datapoints;
            for (int i = 0; i < window.Length; i++)
            {
                double samples = counts.FirstOrDefault(count => count.Timestamp == window[i].Time)?.SampleCount ?? 0;
                window[i] = window[i] with { SampleCount = Math.Max(window[i].SampleCount ?? 0, samples) };
            }
        }
    }

    private AlarmDatapoint[] Points(MetricSeries series, DateTimeOffset end, int periods)
    {
        AlarmDatapoint[] window = new AlarmDatapoint[periods];
        for (int i = 0; i < window.Length; i++)
        {
            DateTimeOffset time = end - (_plan.Period * (i + 1));
            window[i] = new AlarmDatapoint(time, At(series, time));
        }

        return window;
    }

    private static double? At(MetricSeries series, DateTimeOffset time)
    {
        int index = series.Grid.Count == 0 ? -1 : series.Grid.IndexOf(time.ToUnixTimeSeconds());
        return index >= 0 && !double.IsNaN(series.Points[index]) ? series.Points[index] : null;
    }

    private int IndexOf(string id) => _queries.Queries.First(query => query.Query.Id == id).Index;
}
