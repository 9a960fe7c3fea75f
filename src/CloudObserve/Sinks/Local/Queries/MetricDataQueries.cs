using CloudObserve.Local;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Executes <c>GetMetricData</c>.</summary>
/// <remarks>
/// Queries are read one after the other until the page is full, so a request uses no more memory than a page and one metric's values.
/// </remarks>
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

            if (queries[i].IsOfOtherAccount)
            {
                results.Add(Forbidden(queries[i]));
                continue;
            }

            Found found = i < cursor.Query || room == 0 ? Found.Nothing : Rest(queries[i], request, i == cursor.Query ? cursor : default);
            List<WindowValues> page = found.Windows.GetRange(0, Math.Min(room, found.Windows.Count));
            if (next is null && i >= cursor.Query && (room == 0 || page.Count < found.Windows.Count))
            {
                next = page.Count == 0 ? new MetricDataCursor(i, null) : new MetricDataCursor(i, page[^1].Time);
            }

            room -= page.Count;
            results.Add(ToResult(queries[i], page, next is null ? MetricDataStatusCode.Complete : MetricDataStatusCode.PartialData) with
            {
                Messages = found.Messages,
            });
        }

        return new GetMetricDataResponse(results, next?.ToToken());
    }

    private Found Rest(PreparedQuery query, GetMetricDataRequest request, MetricDataCursor cursor)
    {
        if (PeriodRules.Windows(request.StartTime, request.EndTime, query.Period, store.Now) is not { } range)
        {
            return Found.Nothing;
        }

        WindowValues[] windows =
        [
            .. store.Read(query.Identity, query.Unit, range, data => [query.Statistic.Evaluate(data)])
                .Where(window => window.Values[0].HasValue),
        ];

        // CloudWatch: a time has the value of one unit. At the same time, values are in the order of their units.
        IEnumerable<WindowValues> rest = windows.DistinctBy(window => window.Time).Where(window => cursor.IsBefore(window, request.ScanBy));
        string[] units = [.. windows.Select(window => window.Unit).Distinct().Order(StringComparer.Ordinal)];
        return new Found(
            [.. request.ScanBy == ScanBy.TimestampAscending ? rest : rest.Reverse()],
            units.Length > 1 ? [new MessageData("MultipleUnits", $"Multiple units returned: '[{string.Join(", ", units)}]'")] : []);
    }

    private static MetricDataResult ToResult(PreparedQuery query, List<WindowValues> page, MetricDataStatusCode status) => new(
        query.Id,
        query.Label,
        [.. page.Select(window => DateTimeOffset.FromUnixTimeSeconds(window.Time))],
        [.. page.Select(window => window.Values[0]!.Value)],
        status);

    private static MetricDataResult Forbidden(PreparedQuery query) => ToResult(query, [], MetricDataStatusCode.Forbidden) with
    {
        Messages = [new MessageData(
            "Forbidden", "Access denied when getting data - please check that this account and the requested metric account are linked")],
    };

    /// <summary>The remaining values of one query after the cursor, and the messages about them.</summary>
    private readonly record struct Found(List<WindowValues> Windows, IReadOnlyList<MessageData> Messages)
    {
        internal static Found Nothing => new([], []);
    }
}
