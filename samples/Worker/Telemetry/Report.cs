using System.Text.Json;
using System.Text.Json.Nodes;
using CloudObserve;
using CloudObserve.Delivery;
using Worker.Parcels;

namespace Worker.Telemetry;

/// <summary>Writes the last line of the run: the worker's own counts, the usage that AWS bills, and the delivery of all data.</summary>
internal sealed class Report(
    ParcelQueue queue, LabelService labels, Shipments shipments, StoredTelemetry stored, ICloudObserve cloudObserve, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();

    public string Write()
    {
        JsonObject report = new() { ["app"] = App() };
        foreach ((string signal, LedgerSnapshot ledger) in cloudObserve.Ledgers)
        {
            report[signal] = Ledger(ledger);
        }

        return $"report: {report.ToJsonString()}";
    }

    private JsonObject App()
    {
        (int shipped, decimal kilograms, int setAside) = shipments.Totals;
        (long events, long bytes) = stored.Logs();
        return new JsonObject
        {
            ["queued"] = queue.Queued,
            ["shipped"] = shipped,
            ["shippedKilograms"] = kilograms,
            ["refused"] = labels.Refused,
            ["setAside"] = setAside,
            ["usage"] = new JsonObject
            {
                ["seconds"] = Math.Round(time.GetElapsedTime(_began).TotalSeconds, 3),
                ["series"] = stored.Series().Count(),
                ["logEvents"] = events,
                ["logBytes"] = bytes,
            },
        };
    }

    private static JsonObject Ledger(LedgerSnapshot ledger) => new()
    {
        ["accepted"] = ledger.Accepted,
        ["delivered"] = ledger.Delivered,
        ["lost"] = new JsonObject(
            ledger.Lost.Select(l => KeyValuePair.Create(JsonNamingPolicy.CamelCase.ConvertName(l.Key.ToString()), (JsonNode?)l.Value))),
        ["inFlight"] = ledger.InFlight,
    };
}
