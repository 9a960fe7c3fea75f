using System.Text.Json;
using System.Text.Json.Nodes;
using CloudObserve.Delivery;
using Storefront.Shop;
using Storefront.Traffic;

namespace Storefront.Telemetry;

/// <summary>Writes the last line of the run: the shop's own counts, the published data, and its delivery.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    public static string Write(
        ShopTotals totals,
        VisitCount visits,
        IReadOnlyDictionary<string, ActionCount> actions,
        IReadOnlyDictionary<string, PublishedMetric> published,
        StoredLogsCount storedLogs,
        IReadOnlyDictionary<string, LedgerSnapshot> ledgers)
    {
        JsonObject app = JsonSerializer.SerializeToNode(totals, Json)!.AsObject();
        app["shoppers"] = JsonSerializer.SerializeToNode(visits, Json);
        app["storedLogs"] = JsonSerializer.SerializeToNode(storedLogs, Json);
        app["actions"] = JsonSerializer.SerializeToNode(actions, Json);
        app["published"] = JsonSerializer.SerializeToNode(published, Json);
        JsonObject report = new() { ["app"] = app };
        foreach ((string signal, LedgerSnapshot books) in ledgers)
        {
            report[signal] = JsonSerializer.SerializeToNode(new { books.Accepted, books.Delivered, books.Lost, books.InFlight }, Json);
        }

        return $"report: {report.ToJsonString(Json)}";
    }
}
