using CloudObserve.Local;
using CloudObserve.Monitoring.Expressions.Functions;

namespace CloudObserve.Monitoring.Expressions.Queries;

/// <summary>Evaluates a plan for a time range.</summary>
internal sealed class QueryEvaluation
{
    // The period of dashboards, for a request that names none and reads no metric.
    private const long DefaultPeriod = 300;

    private readonly QueryPlan _plan;
    private readonly MetricReader _reader;
    private readonly IAnomalyBands? _bands;
    private readonly MathValue[] _values;
    private readonly ReadMetric?[] _metrics;
    private readonly List<MessageData>[] _messages;

    private QueryEvaluation(QueryPlan plan, MetricReader reader, IAnomalyBands? bands, QueryRange range)
    {
        (_plan, _reader, _bands, Range) = (plan, reader, bands, range);
        _values = new MathValue[plan.Queries.Count];
        _metrics = new ReadMetric?[plan.Queries.Count];
        _messages = [.. plan.Queries.Select(static _ => new List<MessageData>())];
    }

    /// <summary>Gets the time range.</summary>
    internal QueryRange Range { get; }

    /// <summary>Gets the number of points that may still be computed and returned.</summary>
    internal MathBudget Budget { get; } = new();

    /// <summary>Evaluates queries and all those that they use.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="reader">The source of metrics.</param>
    /// <param name="bands">The source of bands; <see langword="null"/> if there is none.</param>
    /// <param name="range">The time range.</param>
    /// <param name="wanted">The indexes of the queries.</param>
    /// <exception cref="CloudWatchException">A query breaks a rule of CloudWatch, or the evaluation computes too many points.</exception>
    internal static QueryEvaluation Run(
        QueryPlan plan, MetricReader reader, IAnomalyBands? bands, QueryRange range, IEnumerable<int> wanted)
    {
        QueryEvaluation evaluation = new(plan, reader, bands, range);
        HashSet<int> needed = plan.ClosureOf(wanted);
        evaluation.ReadMetrics([.. plan.Queries.Where(query => query.IsMetric && needed.Contains(query.Index))]);
        foreach (int index in plan.Order.Where(needed.Contains))
        {
            evaluation.Evaluate(plan.Queries[index]);
        }

        return evaluation;
    }

    /// <summary>Returns the value of an evaluated query.</summary>
    internal MathValue ValueOf(int index) => _values[index];

    /// <summary>Returns whether the values of an evaluated query may be read.</summary>
    internal MetricDataStatusCode StatusOf(int index) => _metrics[index]?.Status ?? MetricDataStatusCode.Complete;

    /// <summary>Returns the messages about an evaluated query.</summary>
    internal IReadOnlyList<MessageData> MessagesOf(int index) => _metrics[index]?.Messages ?? _messages[index];

    private void ReadMetrics(PlannedQuery[] queries)
    {
        if (queries.Length == 0)
        {
            return;
        }

        try
        {
            ReadMetric[] read = _reader.Read([.. queries.Select(static query => query.Query)], Range, Budget);
            for (int i = 0; i < queries.Length; i++)
            {
                _metrics[queries[i].Index] = read[i];
                _values[queries[i].Index] = MathValue.Of(Labeled(queries[i], read[i].Series));
            }
        }
        catch (CloudWatchException fault)
        {
            throw MetricReader.Renumber(
                fault, number => number >= 1 && number <= queries.Length ? queries[number - 1].Index + 1 : number);
        }
        catch (MathException fault)
        {
            throw QueryFaults.Invalid(fault.Message);
        }
    }

    // The label in an array, such as that of METRICS(). Dynamic values depend on the expression, so they are not part of it.
    private MetricSeries Labeled(PlannedQuery query, MetricSeries series)
    {
        string label = query.Label is { IsDynamic: false } ? query.Query.Label! : _plan.DefaultLabels[query.Index];
        return series.WithLabel(label);
    }

    private void Evaluate(PlannedQuery query)
    {
        try
        {
            _values[query.Index] = query.Selection is { } selection
                ? new SelectionReader(_reader, Range, Budget).Read(selection, query.Period ?? DefaultPeriod, _messages[query.Index])
                : MathEvaluator.Evaluate(query.Program!, new Context(this, query));
        }
        catch (MathException fault)
        {
            throw query.Fault(fault);
        }
    }

    // The periods of the metrics that the expression uses, or of all metrics of the request.
    private TimeGrid GridOf(PlannedQuery query)
    {
        if (query.Period is { } period)
        {
            return Range.GridOf(period);
        }

        HashSet<int> used = _plan.ClosureOf([query.Index]);
        TimeGrid grid = UnionOf(_metrics.Where((metric, i) => metric is not null && used.Contains(i)));
        if (grid == default)
        {
            PlannedQuery? first = _plan.Queries.Where(static other => other.IsMetric).MinBy(static other => other.Query.MetricStat!.Period);
            grid = Range.GridOf((long?)first?.Query.MetricStat!.Period.TotalSeconds ?? DefaultPeriod);
        }

        return grid;
    }

    private static TimeGrid UnionOf(IEnumerable<ReadMetric?> metrics) => metrics.Aggregate(
        default(TimeGrid), static (grid, metric) => grid == default ? metric!.Series.Grid : TimeGrid.Union(grid, metric!.Series.Grid));

    /// <summary>Provides the data for one expression.</summary>
    private sealed class Context(QueryEvaluation evaluation, PlannedQuery query) : MathContext(evaluation.Budget)
    {
        private TimeGrid? _grid;

        internal override TimeGrid Grid => _grid ??= evaluation.GridOf(query);

        internal override IEnumerable<KeyValuePair<string, MetricSeries>> Metrics =>
            from metric in evaluation._plan.Queries
            where metric.IsMetric && evaluation._metrics[metric.Index] is not null
            select KeyValuePair.Create(metric.Query.Id, evaluation._values[metric.Index].Series);

        internal override MathValue ValueOf(string id) => evaluation._values[IndexOf(id)];

        internal override long PeriodOf(string id) => (long)evaluation._plan.Queries[IndexOf(id)].Query.MetricStat!.Period.TotalSeconds;

        internal override MetricSeries[] Search(MathCall call) =>
            new SearchReader(evaluation._reader, evaluation.Range, Budget)
                .Read(call, query.Period ?? Grid.Period, evaluation._messages[query.Index]);

        internal override AnomalyBand? BandOf(MathCall call, MetricSeries series, double factor)
        {
            if (evaluation._bands is not { } bands)
            {
                return null;
            }

            MathProgram operands = call.Program.OperandsOf(call.Instruction);
            return bands.Compute(new BandInput(BandKey.Of(evaluation._plan, operands), series, from => Earlier(operands, from)), factor);
        }

        // The same expression for an earlier start. It has a budget of its own, because a model needs two weeks. Data of short periods is
        // not kept as long, and a request for an earlier start would have none of it.
        private MetricSeries Earlier(MathProgram operands, long from)
        {
            HashSet<int> used = evaluation._plan.ClosureOf(operands);
            IEnumerable<long> starts = used.Select(index => evaluation._metrics[index]).OfType<ReadMetric>()
                .Select(metric => evaluation.Range.EarliestStart(metric.Series.Grid.Period));
            long first = Math.Max(starts.Append(from).Max(), DateTimeOffset.MinValue.ToUnixTimeSeconds());
            long start = Math.Min(first, evaluation.Range.Start.ToUnixTimeSeconds());
            QueryRange range = evaluation.Range with { Start = DateTimeOffset.FromUnixTimeSeconds(start) };
            QueryEvaluation earlier = Run(evaluation._plan, evaluation._reader, null, range, used);
            return MathEvaluator.Evaluate(operands, new Context(earlier, query)).Series;
        }

        private int IndexOf(string id)
        {
            int index = 0;
            while (evaluation._plan.Queries[index].Query.Id != id)
            {
                index++;
            }

            return index;
        }
    }
}
