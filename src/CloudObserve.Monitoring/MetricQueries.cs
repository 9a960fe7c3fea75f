using CloudObserve.Local;
using CloudObserve.Monitoring.Anomalies;
using CloudObserve.Monitoring.Expressions;
using CloudObserve.Monitoring.Expressions.Queries;

namespace CloudObserve.Monitoring;

/// <summary>
/// Answers <c>GetMetricData</c> with metric math, search expressions and Metrics Insights queries over an embedded CloudWatch.
/// </summary>
/// <remarks>
/// <para>
/// An expression uses the ids of other queries of the request, also of those whose <see cref="MetricDataQuery.ReturnData"/> is
/// <see langword="false"/>. A result that is an array of time series is returned as several results with the id of the query.
/// </para>
/// <para>Labels can have dynamic values such as <c>${MAX}</c>, <c>${LAST_TIME}</c> or <c>${PROP('Dim.Region')}</c>.</para>
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
public sealed class MetricQueries
{
    private const int ResultCost = 16;
    private const int DatapointCost = 4;

    private readonly MetricReader _reader;
    private readonly TimeProvider _timeProvider;
    private readonly IAnomalyBands? _bands;

    /// <summary>Initializes a new instance of the <see cref="MetricQueries"/> class.</summary>
    /// <param name="cloudWatch">The stored metrics.</param>
    /// <param name="timeProvider">The clock of <paramref name="cloudWatch"/>.</param>
    public MetricQueries(EmbeddedCloudWatch cloudWatch, TimeProvider timeProvider)
        : this(cloudWatch, timeProvider, new AnomalyBands(new TrainedModels(AnomalyBands.MaxModels)))
    {
    }

    /// <summary>Initializes a new instance of the <see cref="MetricQueries"/> class with a source of bands.</summary>
    internal MetricQueries(EmbeddedCloudWatch cloudWatch, TimeProvider timeProvider, IAnomalyBands? bands)
    {
        ArgumentNullException.ThrowIfNull(cloudWatch);
        ArgumentNullException.ThrowIfNull(timeProvider);
        _reader = new MetricReader(cloudWatch);
        _timeProvider = timeProvider;
        _bands = bands;
    }

    /// <summary>Gets metrics and the results of expressions.</summary>
    /// <param name="request">The queries and the time range.</param>
    /// <returns>The results of the queries that return data, in the order of the queries, and a token if there are more values of metrics.
    /// The results of expressions are all on the first page.</returns>
    /// <exception cref="CloudWatchException">The request breaks a rule of CloudWatch. The message of an invalid expression names its id and
    /// the position.</exception>
    public GetMetricDataResponse GetMetricData(GetMetricDataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        QueryPlan plan = QueryPlan.Create(request.MetricDataQueries);
        Check(request);
        QueryRange range = new(request.StartTime, request.EndTime, _timeProvider.GetUtcNow());
        ResultLabels labels = new(plan, range, request.LabelOptions);
        PlannedQuery[] returned = [.. plan.Queries.Where(static query => query.Query.ReturnData)];
        QueryEvaluation evaluation = Evaluate(plan, range, returned.Select(static query => query.Index));
        ResultPage page = new(request);
        foreach (PlannedQuery query in returned)
        {
            MathValue value = evaluation.ValueOf(query.Index);
            bool isArray = value.Type == MathType.Array;
            foreach (MetricSeries series in isArray ? value.Array : [value.Series])
            {
                page.Add(ToResult(query, series, labels.LabelOf(query, series, isArray), evaluation), query.IsMetric);
            }
        }

        return page.ToResponse();
    }

    /// <summary>Evaluates queries of a plan.</summary>
    /// <exception cref="CloudWatchException">A query breaks a rule of CloudWatch.</exception>
    internal QueryEvaluation Evaluate(QueryPlan plan, QueryRange range, IEnumerable<int> wanted) =>
        QueryEvaluation.Run(plan, _reader, _bands, range, wanted);

    private static void Check(GetMetricDataRequest request)
    {
        if (request.StartTime >= request.EndTime)
        {
            throw QueryFaults.Invalid("The parameter StartTime must be less than the parameter EndTime.");
        }

        if (request.MaxDatapoints is < 1 or > QueryLimits.MaxDatapointsPerPage)
        {
            throw QueryFaults.Invalid($"The parameter MaxDatapoints must be between 1 and {QueryLimits.MaxDatapointsPerPage}.");
        }
    }

    private static MetricDataResult ToResult(PlannedQuery query, MetricSeries series, string label, QueryEvaluation evaluation)
    {
        try
        {
            // A datapoint with its time takes more memory than a point of a series, and a result more than a reference in an array.
            evaluation.Budget.Take(ResultCost + (DatapointCost * (long)series.Points.Length));
        }
        catch (MathException fault)
        {
            throw query.Fault(fault);
        }

        List<DateTimeOffset> times = [];
        List<double> values = [];
        for (int i = 0; i < series.Points.Length; i++)
        {
            if (!double.IsNaN(series.Points[i]))
            {
                times.Add(series.TimeOf(i));
                values.Add(series.Points[i]);
            }
        }

        return new MetricDataResult(query.Query.Id, label, times, values, evaluation.StatusOf(query.Index))
        {
            Messages = evaluation.MessagesOf(query.Index),
        };
    }
}
