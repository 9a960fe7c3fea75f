using System.Text.Json;
using System.Text.Json.Nodes;
using CloudObserve.Delivery;
using Worker.Parcels;

namespace Worker.Telemetry;

/// <summary>Writes the last line of the run: the worker's own counts, the data in CloudWatch, and the delivery of all data.</summary>
internal static class Report
{
    public static string Write(ParcelBooks books, StoredTelemetry stored, TimeSpan ran, IReadOnlyDictionary<string, LedgerSnapshot> ledgers)
    {
        JsonNode[] series = [.. stored.Series().Select(Series)];
        (long events, long bytes) = stored.Logs();
        JsonObject report = new()
        {
            ["app"] = new JsonObject
            {
                ["queued"] = books.QueuedCount,
                ["shipped"] = books.ShippedCount,
                ["shippedKilograms"] = books.ShippedKilograms,
                ["refused"] = books.RefusedCount,
                ["setAside"] = books.SetAsideCount,
                ["stored"] = new JsonArray(series),
                ["usage"] = new JsonObject
                {
                    ["seconds"] = Math.Round(ran.TotalSeconds, 3),
                    ["series"] = series.Length,
                    ["logEvents"] = events,
                    ["logBytes"] = bytes,
                },
            },
        };
        foreach ((string signal, LedgerSnapshot ledger) in ledgers)
        {
            report[signal] = Ledger(ledger);
        }

        return $"report: {report.ToJsonString()}";
    }

    private static JsonNode Series(StoredSeries series) =>
        new JsonObject { ["metric"] = series.Metric, ["dimensions"] = series.Dimensions, ["count"] = series.Count, ["sum"] = series.Sum };

    private static JsonObject Ledger(LedgerSnapshot ledger) => new()
    {
        ["accepted"] = ledger.Accepted,
        ["delivered"] = ledger.Delivered,
        ["lost"] = new JsonObject(
            ledger.Lost.Select(l => KeyValuePair.Create(JsonNamingPolicy.CamelCase.ConvertName(l.Key.ToString()), (JsonNode?)l.Value))),
        ["inFlight"] = ledger.InFlight,
    };
}
