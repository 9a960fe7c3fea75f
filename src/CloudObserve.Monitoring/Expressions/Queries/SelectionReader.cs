using CloudObserve.Local;
using CloudObserve.Metrics;
using CloudObserve.Monitoring.Expressions.Functions;
using CloudObserve.Monitoring.Expressions.Selections;

namespace CloudObserve.Monitoring.Expressions.Queries;

/// <summary>Executes queries of Metrics Insights.</summary>
internal sealed class SelectionReader(MetricReader reader, QueryRange range, MathBudget budget)
{
    // CloudWatch: Metrics Insights aggregates data of high resolution by the minute.
    private const long MinPeriod = 60;

    // A metric without a label by which metrics are grouped.
    private const string NoLabel = "Other";

    // Bounds the memory for the values of single metrics.
    private const int MetricsPerRead = 100;

    /// <summary>Reads and aggregates the metrics of a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="period">The period in seconds.</param>
    /// <param name="messages">The messages about the result, to which one is added if not all metrics are used.</param>
    /// <exception cref="MathException">There are too many points.</exception>
    internal MathValue Read(SelectQuery query, long period, List<MessageData> messages)
    {
        ListMetricsRequest request = new() { Namespace = query.Namespace, MetricName = query.MetricName };
        (List<MetricIdentifier> metrics, bool areMore) = reader.List(request, query.Matches, SelectQuery.MaxMetrics);
        Dictionary<string, Group> groups = new(StringComparer.Ordinal);
        foreach (MetricIdentifier[] part in metrics.Chunk(MetricsPerRead))
        {
            Add(query, part, TimeSpan.FromSeconds(Math.Max(period, MinPeriod)), groups);
        }

        if (areMore || groups.Count > SelectQuery.MaxSeries)
        {
            messages.Add(QueryMessages.TooManyMetrics);
        }

        if (query.GroupBy.Count == 0)
        {
            TimeGrid grid = range.GridOf(Math.Max(period, MinPeriod));
            return MathValue.Of(groups.Values.FirstOrDefault()?.ToSeries(query) ?? MetricSeries.Empty(grid));
        }

        IEnumerable<MetricSeries> series =
            groups.Values.Order(Comparer<Group>.Create(Group.Compare)).Select(group => group.ToSeries(query));
        return MathValue.Of([.. Sort(series, query.OrderBy).Take(query.Limit)]);
    }

    private void Add(SelectQuery query, MetricIdentifier[] metrics, TimeSpan period, Dictionary<string, Group> groups)
    {
        string[] stats = query.Function switch
        {
            SelectFunction.Avg => ["Sum", "SampleCount"],
            SelectFunction.Count => ["SampleCount"],
            SelectFunction.Max => ["Maximum"],
            SelectFunction.Min => ["Minimum"],
            _ => ["Sum"],
        };
        MetricDataQuery[] queries =
        [
            .. from metric in metrics
               from stat in stats
               select new MetricDataQuery { Id = "m", MetricStat = new MetricStat { Metric = metric, Period = period, Stat = stat } },
        ];
        ReadMetric[] read = reader.Read(queries, range, budget);
        for (int i = 0; i < read.Length; i++)
        {
            string[] values = [.. query.GroupBy.Select(key => SelectCondition.LabelOf(metrics[i / stats.Length], key) ?? NoLabel)];
            string key = string.Join('\0', values);
            if (!groups.TryGetValue(key, out Group? group))
            {
                budget.Take(2L * read[i].Series.Grid.Count);
                group = new Group(values, read[i].Series.Grid);
                groups.Add(key, group);
            }

            group.Add(read[i].Series, i % stats.Length, query.Function);
        }
    }

    private static IEnumerable<MetricSeries> Sort(IEnumerable<MetricSeries> series, SelectOrder? order)
    {
        if (order is null)
        {
            return series;
        }

        // Time series without datapoints come last in either order. Equal ones stay in the order of their labels.
        return series.OrderBy(one =>
        {
            double key = KeyOf(one, order.Function);
            return !double.IsFinite(key) ? double.PositiveInfinity : order.Descends ? -key : key;
        });
    }

    private static double KeyOf(MetricSeries series, SelectFunction function) => function switch
    {
        SelectFunction.Avg => AggregateFunctions.Sum(series) / AggregateFunctions.Count(series),
        SelectFunction.Count => AggregateFunctions.Count(series),
        SelectFunction.Max => AggregateFunctions.Maximum(series),
        SelectFunction.Min => AggregateFunctions.Minimum(series),
        _ => AggregateFunctions.Count(series) == 0 ? double.NaN : AggregateFunctions.Sum(series),
    };

    /// <summary>Aggregates the metrics with the same values of the labels.</summary>
    private sealed class Group
    {
        private readonly string[] _values;
        private readonly TimeGrid _grid;
        private readonly double[] _points;
        private readonly double[] _counts;

        internal Group(string[] values, TimeGrid grid)
        {
            (_values, _grid) = (values, grid);
            _points = new double[grid.Count];
            _counts = new double[grid.Count];
            Array.Fill(_points, double.NaN);
        }

        internal static int Compare(Group left, Group right) =>
            left._values.Zip(right._values, string.CompareOrdinal).FirstOrDefault(static result => result != 0);

        // The second statistic of AVG is the number of samples.
        internal void Add(MetricSeries series, int statistic, SelectFunction function)
        {
            double[] points = Operand.PointsOn(series, _grid);
            for (int i = 0; i < points.Length; i++)
            {
                if (double.IsNaN(points[i]))
                {
                    continue;
                }

                if (statistic == 1)
                {
                    _counts[i] += points[i];
                    continue;
                }

                _points[i] = double.IsNaN(_points[i]) ? points[i] : function switch
                {
                    SelectFunction.Max => Math.Max(_points[i], points[i]),
                    SelectFunction.Min => Math.Min(_points[i], points[i]),
                    _ => _points[i] + points[i],
                };
            }
        }

        internal MetricSeries ToSeries(SelectQuery query)
        {
            for (int i = 0; i < _points.Length && query.Function == SelectFunction.Avg; i++)
            {
                double average = _points[i] / _counts[i];
                _points[i] = double.IsFinite(average) ? average : double.NaN;
            }

            SeriesSource source = new()
            {
                Stat = query.Function.ToString().ToUpperInvariant(),
                Group = [.. query.GroupBy.Zip(_values, static (key, value) => new MetricDimension(key, value))],
            };
            return new MetricSeries(_grid, _points, string.Join(' ', _values), source);
        }
    }
}
