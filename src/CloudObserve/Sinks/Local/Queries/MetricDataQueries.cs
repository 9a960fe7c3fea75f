using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Answers <c>GetMetricData</c>.</summary>
/// <remarks>Queries are read one after the other until the page is full, so a request holds no more than a page and one metric's values.</remarks>
internal sealed class MetricDataQueries(MetricStore store)
{
    internal GetMetricDataResponse Execute(GetMetricDataRequest request)
    {
        PreparedQuery[] queries = MetricDataRules.Check(request);
        MetricDataCursor cursor = MetricDataCursor.Parse(request.NextToken, queries.Length);
        List<MetricDataResult> results = [];
        int room = request.MaxDatapoints;
        MetricDataCursor? next = null;
        for (int i = 0; i < queries.Length; i++)
        {
            if (!queries[i].ReturnData)
            {
                continue;
            }

            List<WindowValues> rest = i < cursor.Query || room == 0 ? [] : Rest(queries[i], request, i == cursor.Query ? cursor : default);
            List<WindowValues> page = rest.GetRange(0, Math.Min(room, rest.Count));
            if (next is null && i >= cursor.Query && (room == 0 || page.Count < rest.Count))
            {
                next = page.Count == 0 ? new MetricDataCursor(i, null, "") : new MetricDataCursor(i, page[^1].Time, page[^1].Unit);
            }

            room -= page.Count;
            results.Add(ToResult(queries[i], page, next is null ? StatusCode.Complete : StatusCode.PartialData));
        }

        return new GetMetricDataResponse(results, next?.ToToken());
    }

    private List<WindowValues> Rest(PreparedQuery query, GetMetricDataRequest request, MetricDataCursor cursor)
    {
        if (PeriodRules.Windows(request.StartTime, request.EndTime, query.Period, store.Now) is not { } range)
        {
            return [];
        }

        List<WindowValues> windows = store.Read(query.Identity, query.Unit, range, data => [query.Statistic.Evaluate(data)]);
        IEnumerable<WindowValues> rest = windows.Where(window => window.Values[0].HasValue && cursor.IsBefore(window, request.ScanBy));
        // Stable, so that units keep their order within a time.
        return [.. request.ScanBy == ScanBy.TimestampAscending ? rest : rest.OrderByDescending(window => window.Time)];
    }

    private static MetricDataResult ToResult(PreparedQuery query, List<WindowValues> page, StatusCode status) => new(
        query.Id,
        query.Label,
        [.. page.Select(window => DateTimeOffset.FromUnixTimeSeconds(window.Time))],
        [.. page.Select(window => window.Values[0]!.Value)],
        status);
}
