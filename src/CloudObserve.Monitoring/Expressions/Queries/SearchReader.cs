using CloudObserve.Local;
using CloudObserve.Monitoring.Expressions.Functions;
using CloudObserve.Monitoring.Expressions.Labels;
using CloudObserve.Monitoring.Expressions.Search;

namespace CloudObserve.Monitoring.Expressions.Queries;

/// <summary>Executes <c>SEARCH</c>.</summary>
internal sealed class SearchReader(MetricReader reader, QueryRange range, MathBudget budget)
{
    /// <summary>Finds metrics and reads a statistic of each.</summary>
    /// <param name="call">The call.</param>
    /// <param name="period">The period in seconds if the call has none.</param>
    /// <param name="messages">The messages about the result, to which one is added if not all metrics are returned.</param>
    /// <exception cref="MathException">The statistic is invalid, or there are too many points.</exception>
    internal MetricSeries[] Read(MathCall call, long period, List<MessageData> messages)
    {
        SearchQuery query = SearchQuery.Parse(call.Literals[0]);
        SearchNames names = new();
        ListMetricsRequest request = new() { Namespace = query.Namespace };
        (List<MetricIdentifier> metrics, bool areMore) =
            reader.List(request, metric => query.Matches(metric, names), SearchQuery.MaxSeries);
        if (areMore)
        {
            messages.Add(QueryMessages.TooManyMetrics);
        }

        TimeSpan seconds = TimeSpan.FromSeconds(SearchQuery.PeriodOf(call.Instruction) ?? period);
        MetricDataQuery[] queries =
        [
            .. from metric in metrics
               let stat = new MetricStat { Metric = metric, Period = seconds, Stat = call.Literals[1] }
               select new MetricDataQuery { Id = "m", MetricStat = stat },
        ];
        try
        {
            IReadOnlyList<string> labels = MetricLabels.OfFound(metrics);
            return [.. reader.Read(queries, range, budget).Select((metric, i) => metric.Series.WithLabel(labels[i]))];
        }
        catch (CloudWatchException fault)
        {
            throw call.Fault($"SEARCH cannot read the metrics that it finds: {fault.Message}");
        }
    }
}
