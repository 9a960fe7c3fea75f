using CloudObserve.Local;
using CloudObserve.Monitoring.Alarms.Definitions;
using CloudObserve.Monitoring.Expressions;
using CloudObserve.Monitoring.Expressions.Queries;

namespace CloudObserve.Monitoring.Alarms.Evaluation;

/// <summary>Computes the datapoints of an alarm on metric math from those of its metrics.</summary>
internal sealed class AlarmMath
{
    private readonly QueryPlan _queries;
    private readonly PlannedQuery _watched;
    private readonly TimeSpan _period;

    /// <param name="plan">The plan.</param>
    /// <param name="definition">The name of the caller's parameter, for faults.</param>
    /// <exception cref="ArgumentException">The alarm watches no expression, an expression on a band, an expression that needs stored
    /// metrics, or metrics with different periods.</exception>
    internal AlarmMath(AlarmPlan plan, string definition)
    {
        if (AlarmPeriods.Watched(plan.Definition) is not { } watched)
        {
            throw new ArgumentException("The alarm watches a metric, and not metric math.", definition);
        }

        if (plan.IsBand)
        {
            throw new ArgumentException("An alarm on a band of an expression needs the datapoints of its result.", definition);
        }

        _queries = QueryPlan.Create(plan.Definition.Metrics);
        _watched = _queries.Queries.First(query => ReferenceEquals(query.Query, watched));
        _period = plan.Period;
        if (_queries.Queries.Any(query => query.Query.MetricStat is { } stat && stat.Period != _period))
        {
            throw new ArgumentException("All metrics of the alarm must have the period of the alarm.", definition);
        }

        if (_queries.ClosureOf([_watched.Index]).Any(index => _queries.Queries[index].Selection is not null))
        {
            throw new ArgumentException("A query of Metrics Insights needs stored metrics, and a backtest has none.", definition);
        }
    }

    /// <summary>Gets the ids of the metrics that the watched expression uses.</summary>
    internal IReadOnlyList<string> Metrics =>
        [.. _queries.ClosureOf([_watched.Index]).Order().Select(index => _queries.Queries[index]).Where(static query => query.IsMetric)
            .Select(static query => query.Query.Id)];

    /// <summary>Evaluates the expressions on the periods of an evaluation range, and sees no others.</summary>
    /// <param name="metrics">The periods of each metric, the newest first.</param>
    /// <param name="result">The periods of the watched series, the newest first. Those without a result are missing.</param>
    /// <remarks>The result is missing as a whole if an expression cannot be evaluated with the data.</remarks>
    internal void Evaluate(IReadOnlyDictionary<string, ReadOnlyMemory<AlarmDatapoint>> metrics, Span<AlarmDatapoint> result)
    {
        Window window = new(metrics, _period);
        MetricSeries? series = Compute(window);
        for (int i = 0; i < result.Length; i++)
        {
            DateTimeOffset time = window.TimeOf(i);
            int index = series?.Grid.IndexOf(time.ToUnixTimeSeconds()) ?? -1;
            result[i] = new AlarmDatapoint(time, index >= 0 && !double.IsNaN(series!.Points[index]) ? series.Points[index] : null);
        }
    }

    private MetricSeries? Compute(Window window)
    {
        try
        {
            HashSet<int> needed = _queries.ClosureOf([_watched.Index]);
            foreach (PlannedQuery query in _queries.Order.Where(needed.Contains).Select(index => _queries.Queries[index]))
            {
                if (query.Program is { } program)
                {
                    window.Add(query.Query.Id, MathEvaluator.Evaluate(program, window));
                }
            }

            MathValue value = window.ValueOf(_watched.Query.Id);
            return value.Type == MathType.Series ? value.Series : value is { Type: MathType.Array, Array: [var only] } ? only : null;
        }
        catch (MathException)
        {
            return null;
        }
    }

    /// <summary>Provides the periods of an evaluation range to expressions.</summary>
    private sealed class Window : MathContext
    {
        private readonly ReadOnlyMemory<AlarmDatapoint> _first;
        private readonly Dictionary<string, MathValue> _values = new(StringComparer.Ordinal);
        private readonly List<KeyValuePair<string, MetricSeries>> _metrics = [];

        internal Window(IReadOnlyDictionary<string, ReadOnlyMemory<AlarmDatapoint>> metrics, TimeSpan period)
            : base(new MathBudget())
        {
            _first = metrics.Values.First();
            Grid = new TimeGrid(TimeOf(_first.Length - 1).ToUnixTimeSeconds(), (long)period.TotalSeconds, _first.Length);
            foreach ((string id, ReadOnlyMemory<AlarmDatapoint> series) in metrics)
            {
                double[] points = new double[Grid.Count];
                for (int i = 0; i < points.Length; i++)
                {
                    points[^(i + 1)] = series.Span[i].Value ?? double.NaN;
                }

                MetricSeries metric = new(Grid, points, id, null);
                _metrics.Add(new KeyValuePair<string, MetricSeries>(id, metric));
                _values.Add(id, MathValue.Of(metric));
            }
        }

        internal override TimeGrid Grid { get; }

        internal override IEnumerable<KeyValuePair<string, MetricSeries>> Metrics => _metrics;

        internal DateTimeOffset TimeOf(int index) => _first.Span[index].Time;

        internal void Add(string id, MathValue value) => _values.Add(id, value);

        internal override MathValue ValueOf(string id) => _values[id];

        internal override long PeriodOf(string id) => Grid.Period;
    }
}
